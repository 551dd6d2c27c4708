package io.auriga.withdrawals.expected;

import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.Optional;

/**
 * The first place where a block's withdrawals are not the expected ones.
 *
 * @param entry counted from 0; for {@link Field#COUNT} the first that only one of the lists has
 * @param expected the value that the rules give
 * @param found the value in the block
 */
public record ListDifference(int entry, Field field, String expected, String found) {
  /** What differs. */
  public enum Field {
    INDEX("index"),
    VALIDATOR_INDEX("validatorIndex"),
    ADDRESS("address"),
    AMOUNT("amount"),
    COUNT("count");

    private final String text;

    Field(String text) {
      this.text = text;
    }

    /** As in JSON. */
    public String text() {
      return text;
    }
  }

  /** The first difference, by entry and then in the order of the fields; empty if there is none. */
  public static Optional<ListDifference> find(List<Withdrawal> expected, List<Withdrawal> found) {
    int both = Math.min(expected.size(), found.size());
    for (int i = 0; i < both; i++) {
      if (!expected.get(i).equals(found.get(i))) {
        return Optional.of(of(i, expected.get(i), found.get(i)));
      }
    }
    return expected.size() == found.size()
        ? Optional.empty()
        : Optional.of(
            new ListDifference(
                both, Field.COUNT, String.valueOf(expected.size()), String.valueOf(found.size())));
  }

  private static ListDifference of(int entry, Withdrawal expected, Withdrawal found) {
    for (Field field : Field.values()) {
      String ours = value(expected, field);
      String theirs = value(found, field);
      if (!ours.equals(theirs)) {
        return new ListDifference(entry, field, ours, theirs);
      }
    }
    throw new IllegalStateException("withdrawals differ, and none of their fields does");
  }

  private static String value(Withdrawal withdrawal, Field field) {
    return switch (field) {
      case INDEX -> withdrawal.index().toString();
      case VALIDATOR_INDEX -> withdrawal.validatorIndex().toString();
      case ADDRESS -> withdrawal.address().toHex();
      case AMOUNT -> withdrawal.amount().toString();
      case COUNT -> "";
    };
  }

  /** A sentence for a person. */
  public String summary() {
    return field == Field.COUNT
        ? "count: expected "
            + expected
            + " withdrawals, found "
            + found
            + "; entry "
            + entry
            + " is the first that only one of the lists has"
        : "entry " + entry + ": " + field.text() + " expected " + expected + ", found " + found;
  }
}
