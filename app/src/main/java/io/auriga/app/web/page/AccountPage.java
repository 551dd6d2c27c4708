package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * One validator, one address or one group: what was paid, when, and by whom.
 *
 * @param kind {@code Validator}, {@code Address} or {@code Group}
 * @param name as a person copies it
 * @param facts the sums
 * @param expected what is to come, the next first
 * @param expectedNote why nothing is, or what else there is to say; empty text for nothing
 * @param expectedTotal how many are expected, though not all be listed
 * @param together what is to come for several validators; empty for one
 * @param whatIf what leaving now would come to, if the reader asked
 * @param whatIfLink leads to that
 * @param duties what a watched validator did and earned
 * @param payments the newest of them
 * @param senders the validators that paid to an address; empty for a validator
 * @param sendersTotal how many there are, though not all be listed
 * @param allLink every payment, with filters
 */
public record AccountPage(
    Chrome chrome,
    String kind,
    String name,
    Crumb crumb,
    List<WithdrawalPage.Fact> facts,
    PaymentChart chart,
    List<Expected> expected,
    String expectedNote,
    int expectedTotal,
    List<WithdrawalPage.Fact> together,
    Optional<WhatIfPanel> whatIf,
    String whatIfLink,
    Optional<DutyPanel> duties,
    List<WithdrawalRow> payments,
    List<Sender> senders,
    long sendersTotal,
    String allLink,
    String csvLink,
    String jsonLink) {
  public AccountPage {
    facts = List.copyOf(facts);
    expected = List.copyOf(expected);
    together = List.copyOf(together);
    payments = List.copyOf(payments);
    senders = List.copyOf(senders);
  }

  /** Where the page belongs. */
  public record Crumb(String label, String link) {}

  /**
   * One payment to come.
   *
   * @param between the interval it falls into in nine of ten cases
   */
  public record Expected(
      String validator, String kind, String slot, Moment time, String between, Amount amount) {}

  /** One validator that paid to the address. */
  public record Sender(String validator, String payments, Amount total, Moment last) {}
}
