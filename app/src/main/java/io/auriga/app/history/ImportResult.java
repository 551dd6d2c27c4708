package io.auriga.app.history;

import io.auriga.chain.era.EraError;
import io.auriga.chain.era.EraException;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.HistoryError;
import io.auriga.withdrawals.HistoryOutcome;
import java.util.Locale;
import java.util.Optional;

/**
 * What one piece of work came to.
 *
 * @param source the file, or the slots
 * @param blocks how many were new
 * @param withdrawals how many were new
 * @param reason why it was passed over; empty if it was not
 */
public record ImportResult(
    String source, Status status, long blocks, long withdrawals, Optional<AurigaException> reason) {

  /** From good to bad. */
  public enum Status {
    /** What was new is in the ledger. */
    LOADED,
    /** All of it was there already. */
    HELD,
    /** It has no withdrawals to keep: all of it is before Capella, or empty. */
    EMPTY,
    /** It cannot be read to its end. */
    UNREADABLE,
    /** It is read and is wrong, or does not fit what is held. */
    REFUSED;

    public String lowerName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ImportResult of(String source, HistoryOutcome outcome) {
    return switch (outcome) {
      case HistoryOutcome.Loaded(long blocks, long withdrawals) ->
          new ImportResult(source, Status.LOADED, blocks, withdrawals, Optional.empty());
      case HistoryOutcome.AlreadyHeld() ->
          new ImportResult(source, Status.HELD, 0, 0, Optional.empty());
    };
  }

  static ImportResult passedOver(String source, AurigaException reason) {
    return new ImportResult(source, status(reason), 0, 0, Optional.of(reason));
  }

  private static Status status(AurigaException reason) {
    if (reason.code().equals(HistoryError.EMPTY.code())) {
      return Status.EMPTY;
    }
    return reason instanceof EraException era && isUnreadable(era.error())
        ? Status.UNREADABLE
        : Status.REFUSED;
  }

  private static boolean isUnreadable(EraError error) {
    return error == EraError.UNREADABLE
        || error == EraError.TRUNCATED
        || error == EraError.MALFORMED
        || error == EraError.OVERSIZED
        || error == EraError.BAD_INDEX
        || error == EraError.CORRUPT;
  }
}
