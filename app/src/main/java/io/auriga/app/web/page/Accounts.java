package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.PaidByValidator;
import io.auriga.withdrawals.PaidSummary;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the pages of one validator and of one address. */
final class Accounts {
  private static final int ROWS = 25;
  private static final int SENDERS = 100;

  /** As many lines as help; the REST interface has all. */
  private static final int EXPECTED = 12;

  private final WebInputs inputs;
  private final Expectations expectations;

  Accounts(WebInputs inputs) {
    this.inputs = inputs;
    this.expectations = new Expectations(inputs);
  }

  AccountPage validator(Chrome chrome, ValidatorIndex validator, Instant now) {
    PaidSummary paid = inputs.paid().validator(validator);
    List<WithdrawalRecord> payments = payments(WithdrawalFilter.ALL.withValidator(validator));
    List<WithdrawalPage.Fact> facts = facts(paid, now);
    payments.stream()
        .map(payment -> payment.withdrawal().address())
        .distinct()
        .forEach(
            address ->
                facts.add(
                    new WithdrawalPage.Fact(
                        "Paid to", address.toHex(), "", "/addresses/" + address.toHex(), true)));
    return page(
        chrome,
        "Validator",
        validator.toString(),
        facts,
        payments,
        expectations.of(List.of(ValidatorId.of(validator)), Set.of()),
        List.of(),
        paid,
        "validatorIndex=" + validator,
        now);
  }

  AccountPage address(Chrome chrome, Address address, Instant now) {
    PaidSummary paid = inputs.paid().address(address);
    List<WithdrawalPage.Fact> facts = facts(paid, now);
    facts.add(fact("Validators", Digits.grouped(paid.validators()), "that paid to it"));
    return page(
        chrome,
        "Address",
        address.toHex(),
        facts,
        payments(WithdrawalFilter.ALL.withAddress(address)),
        expectations.of(List.of(), Set.of(address)),
        inputs.paid().validatorsOf(address, SENDERS).stream()
            .map(sender -> sender(sender, now))
            .toList(),
        paid,
        "address=" + address.toHex(),
        now);
  }

  private AccountPage page(
      Chrome chrome,
      String kind,
      String name,
      List<WithdrawalPage.Fact> facts,
      List<WithdrawalRecord> payments,
      Expectations.Found expected,
      List<AccountPage.Sender> senders,
      PaidSummary paid,
      String query,
      Instant now) {
    return new AccountPage(
        chrome,
        kind,
        name,
        facts,
        PaymentCharts.draw(
            payments,
            expectations.drawn(expected.outlooks(), EXPECTED),
            now,
            inputs.clock().slotDuration()),
        expected(expected.outlooks(), now),
        note(expected),
        new Rows(inputs.spec(), now).withdrawals(payments.stream().limit(ROWS).toList()),
        senders,
        paid.validators(),
        "/withdrawals?" + query,
        "/api/v1/withdrawals/export?" + query + "&format=csv",
        "/api/v1/withdrawals?" + query);
  }

  private List<AccountPage.Expected> expected(List<Outlook> outlooks, Instant now) {
    return outlooks.stream()
        .flatMap(outlook -> outlook.payments().stream())
        .sorted(Comparator.comparingLong(payment -> payment.slot().slot()))
        .limit(EXPECTED)
        .map(payment -> expected(payment, now))
        .toList();
  }

  private AccountPage.Expected expected(Prediction payment, Instant now) {
    SlotClock clock = inputs.clock();
    return new AccountPage.Expected(
        payment.validator().toString(),
        switch (payment.kind()) {
          case SWEEP -> "sweep";
          case PARTIAL -> "requested";
          case FULL -> "full";
        },
        Digits.grouped(payment.slot().slot()),
        Moment.of(clock.startOf(new Slot(payment.slot().slot())), now),
        Moment.of(clock.startOf(new Slot(payment.slot().low())), now).exact()
            + " to "
            + Moment.of(clock.startOf(new Slot(payment.slot().high())), now).exact(),
        Amount.inRow(new Gwei(payment.amount().amount())));
  }

  /** What one validator lacks is worth a sentence; of many, only that nothing is to come. */
  private static String note(Expectations.Found expected) {
    if (!expected.problem().isEmpty()) {
      return expected.problem();
    }
    List<Outlook> outlooks = expected.outlooks();
    if (outlooks.size() == 1) {
      return outlooks.getFirst().nothing().map(why -> why + ".").orElse("");
    }
    return outlooks.isEmpty() ? "The beacon node knows no validator of it." : "";
  }

  private List<WithdrawalRecord> payments(WithdrawalFilter filter) {
    return inputs.queries().list(filter, PaymentCharts.PAYMENTS, Optional.empty()).records();
  }

  private static List<WithdrawalPage.Fact> facts(PaidSummary paid, Instant now) {
    List<WithdrawalPage.Fact> facts = new ArrayList<>();
    Amount total = Amount.total(paid.totalGwei());
    facts.add(fact("Paid in all", total.whole() + "." + total.fraction() + " ETH", total.exact()));
    facts.add(fact("Payments", Digits.grouped(paid.payments()), "on the canonical chain"));
    paid.first().ifPresent(first -> facts.add(moment("First", first, now)));
    paid.last().ifPresent(last -> facts.add(moment("Last", last, now)));
    return facts;
  }

  private static WithdrawalPage.Fact moment(String label, Instant at, Instant now) {
    Moment moment = Moment.of(at, now);
    return fact(label, moment.exact(), moment.relative());
  }

  private static WithdrawalPage.Fact fact(String label, String value, String note) {
    return new WithdrawalPage.Fact(label, value, note, "", false);
  }

  private static AccountPage.Sender sender(PaidByValidator sender, Instant now) {
    return new AccountPage.Sender(
        sender.validator().toString(),
        Digits.grouped(sender.payments()),
        Amount.total(sender.totalGwei()),
        Moment.of(sender.last(), now));
  }
}
