package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.app.web.page.AccountPage.Crumb;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.Epoch;
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
import io.auriga.withdrawals.statement.Groups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the pages of one validator, of one address and of one group. */
final class Accounts {
  private static final int ROWS = 25;
  private static final int SENDERS = 100;

  /** As many lines as help; the REST interface has all. */
  private static final int EXPECTED = 12;

  /** Outlines on the axis: more would hide each other. */
  private static final int DRAWN = 60;

  /**
   * Validators in a link: an address longer than a few thousand characters is refused on its way.
   */
  private static final int LINKED = 500;

  private static final Crumb VALIDATORS = new Crumb("Validators", "/validators");
  private static final Crumb WITHDRAWALS = new Crumb("Withdrawals", "/withdrawals");

  private final WebInputs inputs;
  private final Expectations expectations;
  private final WhatIfs whatIfs;
  private final WatchedPages watched;

  Accounts(WebInputs inputs, WatchedPages watched) {
    this.inputs = inputs;
    this.watched = watched;
    this.expectations = new Expectations(inputs);
    this.whatIfs = new WhatIfs(inputs);
  }

  /**
   * @param whatIf whether the reader asked what leaving would come to
   */
  AccountPage validator(Chrome chrome, ValidatorIndex validator, boolean whatIf, Instant now) {
    PaidSummary paid = inputs.paid().validator(validator);
    List<WithdrawalRecord> payments = payments(WithdrawalFilter.ALL.withValidator(validator));
    List<ValidatorId> wanted = List.of(ValidatorId.of(validator));
    Expectations.Found expected = expectations.of(wanted, Set.of());
    List<WithdrawalPage.Fact> facts = facts(paid, now);
    payments.stream()
        .map(payment -> payment.withdrawal().address())
        .distinct()
        .forEach(
            address ->
                facts.add(
                    new WithdrawalPage.Fact(
                        "Paid to", address.toHex(), "", "/addresses/" + address.toHex(), true)));
    expected.outlooks().forEach(outlook -> addExit(facts, outlook, now));
    return page(
        chrome,
        new Subject(
            "Validator",
            validator.toString(),
            VALIDATORS,
            "/validators/" + validator,
            watched.panel(validator, now)),
        facts,
        payments,
        expected,
        whatIf ? Optional.of(whatIfs.of(wanted, Set.of(), now)) : Optional.empty(),
        List.of(),
        paid,
        "validatorIndex=" + validator,
        now);
  }

  AccountPage address(Chrome chrome, Address address, boolean whatIf, Instant now) {
    PaidSummary paid = inputs.paid().address(address);
    List<WithdrawalPage.Fact> facts = facts(paid, now);
    facts.add(fact("Validators", Digits.grouped(paid.validators()), "that paid to it"));
    return page(
        chrome,
        new Subject("Address", address.toHex(), WITHDRAWALS, "/addresses/" + address.toHex()),
        facts,
        payments(WithdrawalFilter.ALL.withAddress(address)),
        expectations.of(List.of(), Set.of(address)),
        whatIf ? Optional.of(whatIfs.of(List.of(), Set.of(address), now)) : Optional.empty(),
        inputs.paid().validatorsOf(address, SENDERS).stream()
            .map(sender -> sender(sender, now))
            .toList(),
        paid,
        "address=" + address.toHex(),
        now);
  }

  AccountPage group(Chrome chrome, String name, boolean whatIf, Instant now) {
    GroupPages groups = new GroupPages(inputs);
    Groups.Group group = groups.require(name);
    Set<ValidatorIndex> all = groups.members(group);
    Set<ValidatorIndex> members = GroupPages.first(all, WithdrawalFilter.NAMES_MAX);
    PaidSummary paid = inputs.paid().validators(members);
    List<WithdrawalPage.Fact> facts = facts(paid, now);
    facts.add(
        fact(
            "Validators",
            all.size() > members.size()
                ? "more than " + Digits.grouped(members.size())
                : Digits.grouped(members.size()),
            all.size() > members.size()
                ? "only the first " + Digits.grouped(members.size()) + " are shown here"
                : Digits.grouped(paid.validators()) + " of them were paid"));
    for (Address address : group.addresses()) {
      facts.add(
          new WithdrawalPage.Fact(
              "Address", address.toHex(), "", "/addresses/" + address.toHex(), true));
    }
    List<ValidatorId> wanted = members.stream().map(ValidatorId::of).toList();
    return page(
        chrome,
        new Subject("Group", name, new Crumb("Groups", "/groups"), GroupPages.link(name)),
        facts,
        members.isEmpty() ? List.of() : payments(WithdrawalFilter.ALL.withValidators(members)),
        wanted.isEmpty() ? Expectations.NOTHING : expectations.of(wanted, Set.of()),
        whatIf ? Optional.of(whatIfs.of(wanted, Set.of(), now)) : Optional.empty(),
        inputs.paid().byValidator(members, SENDERS).stream()
            .map(sender -> sender(sender, now))
            .toList(),
        paid,
        members.stream()
            .limit(LINKED)
            .map(ValidatorIndex::toString)
            .collect(Collectors.joining(",", "validatorIndex=", "")),
        now);
  }

  private void addExit(List<WithdrawalPage.Fact> facts, Outlook outlook, Instant now) {
    outlook.exit().ifPresent(epoch -> facts.add(epoch("Leaves", epoch, now)));
    outlook.withdrawable().ifPresent(epoch -> facts.add(epoch("Withdrawable from", epoch, now)));
  }

  private WithdrawalPage.Fact epoch(String label, Epoch epoch, Instant now) {
    Moment moment = Moment.of(inputs.clock().startOf(inputs.spec().startSlotOf(epoch)), now);
    return fact(label, "epoch " + epoch, moment.exact() + ", " + moment.relative());
  }

  /** Whom a page is about. */
  private record Subject(
      String kind, String name, Crumb crumb, String link, Optional<DutyPanel> duties) {
    Subject(String kind, String name, Crumb crumb, String link) {
      this(kind, name, crumb, link, Optional.empty());
    }
  }

  private AccountPage page(
      Chrome chrome,
      Subject subject,
      List<WithdrawalPage.Fact> facts,
      List<WithdrawalRecord> payments,
      Expectations.Found expected,
      Optional<WhatIfPanel> whatIf,
      List<AccountPage.Sender> senders,
      PaidSummary paid,
      String query,
      Instant now) {
    List<AccountPage.Expected> rows = expected(expected.outlooks(), now);
    return new AccountPage(
        chrome,
        subject.kind(),
        subject.name(),
        subject.crumb(),
        facts,
        PaymentCharts.draw(
            payments,
            expectations.drawn(expected.outlooks(), DRAWN),
            now,
            inputs.clock().slotDuration()),
        rows.stream().limit(EXPECTED).toList(),
        note(expected),
        rows.size(),
        subject.kind().equals("Validator")
            ? List.of()
            : expected.answers().stream()
                .filter(answer -> !answer.outlooks().isEmpty())
                .flatMap(
                    answer -> TogetherFacts.of(answer.together(), inputs.clock(), now).stream())
                .toList(),
        whatIf,
        subject.link() + "?whatIf=true",
        subject.duties(),
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
