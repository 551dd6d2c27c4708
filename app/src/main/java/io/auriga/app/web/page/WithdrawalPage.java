package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/** One withdrawal index: the canonical withdrawal, and those that reorgs took away. */
public record WithdrawalPage(
    Chrome chrome,
    String indexText,
    List<Entry> entries,
    Optional<String> previousLink,
    Optional<String> nextLink,
    String jsonLink) {
  public WithdrawalPage {
    entries = List.copyOf(entries);
  }

  /** One withdrawal in one block. */
  public record Entry(
      WithdrawalRow row, Amount amount, String wei, Timeline timeline, List<Fact> facts) {
    public Entry {
      facts = List.copyOf(facts);
    }
  }

  /**
   * @param link where the value leads; empty text for nowhere
   * @param copy whether a person will want to copy it
   */
  public record Fact(String label, String value, String note, String link, boolean copy) {
    Fact linked(String target) {
      return new Fact(label, value, note, target, copy);
    }
  }
}
