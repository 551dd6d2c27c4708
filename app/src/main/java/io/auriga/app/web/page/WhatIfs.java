package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.app.web.page.WithdrawalPage.Fact;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.withdrawals.exit.ExitWindow.Epochs;
import io.auriga.withdrawals.prediction.ExitOutlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.Predictor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what leaving now would come to, for a page whose reader asked. */
final class WhatIfs {
  /** As many lines as help; the REST interface has all. */
  private static final int ROWS = 25;

  private final WebInputs inputs;

  WhatIfs(WebInputs inputs) {
    this.inputs = inputs;
  }

  WhatIfPanel of(Collection<ValidatorId> validators, Set<Address> addresses, Instant now) {
    Patience.Found<Predictor.ExitAnswer> found =
        Patience.ask(() -> inputs.predictions().exits(validators, addresses));
    if (found.answer().isEmpty()) {
      return new WhatIfPanel(found.problem(), List.of(), List.of(), 0);
    }
    Predictor.ExitAnswer answer = found.answer().get();
    List<ExitOutlook> outlooks = answer.outlooks();
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("If asked in epoch", answer.queue().now().toString(), "the next block's"));
    answer
        .together()
        .ifPresent(
            all -> {
              facts.add(
                  fact(
                      "Could ask",
                      "%s of %s"
                          .formatted(
                              Digits.grouped(all.validators()), Digits.grouped(outlooks.size())),
                      all.validators() > 1 ? "each as if alone, below" : "now"));
              if (all.validators() > 1) {
                facts.add(epochs("All at once: first out", all.first(), now));
                facts.add(epochs("All at once: last out", all.last(), now));
                facts.add(epochs("All at once: last paid from", all.withdrawable(), now));
              }
            });
    return new WhatIfPanel(
        outlooks.isEmpty() ? "The beacon node knows no validator of it." : "",
        facts,
        outlooks.stream().limit(ROWS).map(outlook -> row(outlook, now)).toList(),
        outlooks.size());
  }

  private WhatIfPanel.Row row(ExitOutlook outlook, Instant now) {
    return switch (outlook) {
      case ExitOutlook.Leaving one ->
          row(one, one.exit().toString(), one.withdrawable().toString(), one.last(), now);
      case ExitOutlook.IfNow one ->
          row(one, one.exit().toString(), one.withdrawable().toString(), one.last(), now);
      case ExitOutlook.NotNow one -> row(one, "–", "–", Optional.empty(), now);
    };
  }

  private WhatIfPanel.Row row(
      ExitOutlook outlook,
      String exit,
      String withdrawable,
      Optional<Prediction> last,
      Instant now) {
    return new WhatIfPanel.Row(
        outlook.validator().index().toString(),
        exit,
        withdrawable,
        last.map(
            payment -> Moment.of(inputs.clock().startOf(new Slot(payment.slot().slot())), now)),
        last.map(payment -> Amount.inRow(new Gwei(payment.amount().amount()))),
        outlook.note());
  }

  private Fact epochs(String label, Epochs epochs, Instant now) {
    Moment moment = Moment.of(startOf(epochs.latest()), now);
    return fact(label, "epoch " + epochs, moment.exact() + ", " + moment.relative());
  }

  private Instant startOf(Epoch epoch) {
    return inputs.clock().startOf(inputs.spec().startSlotOf(epoch));
  }

  private static Fact fact(String label, String value, String note) {
    return new Fact(label, value, note, "", false);
  }
}
