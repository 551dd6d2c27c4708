package io.auriga.app.web.page;

import java.util.List;

/**
 * The slashing watch and what it found.
 *
 * @param heading the whole in a sentence
 * @param cases offences and doppelgangers, ours first, then the newest
 * @param stops what was done, or would have been
 */
public record SlashingPage(
    Chrome chrome,
    String heading,
    List<WithdrawalPage.Fact> facts,
    List<Case> cases,
    List<Stop> stops,
    List<Told> told) {
  public SlashingPage {
    facts = List.copyOf(facts);
    cases = List.copyOf(cases);
    stops = List.copyOf(stops);
    told = List.copyOf(told);
  }

  /**
   * Something that was found, with its evidence.
   *
   * @param name what it is: {@code Double vote}
   * @param validator its index
   * @param whose empty text for a validator that is not watched
   */
  public record Case(
      String key,
      Tone tone,
      String name,
      String validator,
      String whose,
      String slot,
      Moment foundAt,
      List<Evidence> evidence) {
    public Case {
      evidence = List.copyOf(evidence);
    }
  }

  /** One part of what proves it. */
  public record Evidence(String label, String text) {}

  /** A call that was to stop a validator. */
  public record Stop(
      String key, String validator, String action, String reason, String outcome, Moment at) {}

  /** What a client or its operator said. */
  public record Told(String key, String who, String what, Moment at) {}
}
