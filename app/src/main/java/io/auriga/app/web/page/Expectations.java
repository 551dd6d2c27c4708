package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.Predictor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What is expected, for a page. */
final class Expectations {
  /** For whom there is nobody to ask about. */
  static final Found NOTHING = new Found(List.of(), "It has no validators yet.");

  private final WebInputs inputs;

  Expectations(WebInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * What the predictor answered, or why it did not.
   *
   * @param problem empty text where there is an answer
   */
  record Found(List<Predictor.Answer> answers, String problem) {
    List<Outlook> outlooks() {
      return answers.stream().flatMap(answer -> answer.outlooks().stream()).toList();
    }
  }

  Found of(Collection<ValidatorId> validators, Set<Address> addresses) {
    Patience.Found<Predictor.Answer> found =
        Patience.ask(() -> inputs.predictions().predict(validators, addresses));
    return new Found(found.answer().stream().toList(), found.problem());
  }

  /** For the axis of time: the next ones first, at most {@code limit}. */
  List<PaymentCharts.Expected> drawn(List<Outlook> outlooks, int limit) {
    List<PaymentCharts.Expected> expected = new ArrayList<>();
    for (Outlook outlook : outlooks) {
      for (Prediction payment : outlook.payments()) {
        expected.add(
            new PaymentCharts.Expected(
                inputs.clock().startOf(new Slot(payment.slot().low())),
                inputs.clock().startOf(new Slot(payment.slot().slot())),
                inputs.clock().startOf(new Slot(payment.slot().high())),
                new Gwei(payment.amount().amount())));
      }
    }
    expected.sort(Comparator.comparing(PaymentCharts.Expected::likeliest));
    return expected.stream().limit(limit).toList();
  }
}
