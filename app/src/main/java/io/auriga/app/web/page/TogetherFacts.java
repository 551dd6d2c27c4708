package io.auriga.app.web.page;

import io.auriga.app.web.page.WithdrawalPage.Fact;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.prediction.Together;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says what is to come for several validators together. */
final class TogetherFacts {
  private TogetherFacts() {}

  static List<Fact> of(Together together, SlotClock clock, Instant now) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Validators",
            Digits.grouped(together.validators()),
            "to %s of which something is to come".formatted(Digits.grouped(together.paid())),
            "",
            false));
    together
        .next()
        .ifPresent(
            next -> {
              Moment moment = Moment.of(clock.startOf(new Slot(next.slot().slot())), now);
              facts.add(
                  new Fact(
                      "Next payment",
                      moment.exact(),
                      moment.relative() + ", to validator " + next.validator(),
                      "/validators/" + next.validator(),
                      false));
            });
    for (Together.Period period : together.periods()) {
      facts.add(
          new Fact(
              "Within "
                  + (period.span().toHours() <= 24
                      ? period.span().toHours() + " hours"
                      : period.span().toDays() + " days"),
              ether(period.sum().amount()) + " ETH",
              "%s, in nine of ten cases %s to %s ETH"
                  .formatted(
                      Digits.counted(period.payments(), "payment"),
                      ether(period.sum().low()),
                      ether(period.sum().high())),
              "",
              false));
    }
    if (together.leaving() > 0) {
      facts.add(
          new Fact(
              "Leaving",
              Digits.counted(together.leaving(), "validator"),
              together.nextExit().map(epoch -> "the next in epoch " + epoch).orElse("all are out"),
              "",
              false));
    }
    return facts;
  }

  private static String ether(long gwei) {
    Amount amount = Amount.inRow(new Gwei(gwei));
    return amount.whole() + "." + amount.fraction();
  }
}
