package io.auriga.validators.rewards;

import io.auriga.clients.consensus.AttestationRewards;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.validators.accounting.Columns;
import io.auriga.validators.accounting.SyncTotals;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a node says that validators earned in one epoch with what they were seen to do in
 * its blocks ({@code get_flag_index_deltas}, altair).
 *
 * <p>A flag that a validator has earns what is ideal for its effective balance; a source or target
 * that it lacks costs something, a head brings nothing. So each reward tells a flag, but for these,
 * which are counted as explained:
 *
 * <ul>
 *   <li>an effective balance of 0 earns and costs nothing;
 *   <li>a slashed validator is treated as if it had no flag, whatever it does;
 *   <li>in an inactivity leak nothing is earned, so that only penalties tell something, and the
 *       head nothing at all.
 * </ul>
 *
 * <p>A seat of the sync committee earns as much as it loses: the sum tells how often it signed,
 * unless a validator with several seats never had all of them in one block, or none. Of a block it
 * is compared who proposed it.
 */
final class RewardCheck {
  private final EpochOutline outline;
  private final Map<Integer, Validator> standings;
  private long equal;
  private long explained;
  private long different;
  private @Nullable String first;

  RewardCheck(EpochOutline outline, Map<Integer, Validator> standings) {
    this.outline = outline;
    this.standings = standings;
  }

  EpochRewards.Comparison comparison() {
    return new EpochRewards.Comparison(equal, explained, different, Optional.ofNullable(first));
  }

  void attestation(int validator, AttestationRewards.Parts earned, AttestationRewards.Parts ideal) {
    OptionalInt counted = outline.counted(validator);
    if (counted.isEmpty()) {
      return;
    }
    Validator standing = Objects.requireNonNull(standings.get(validator));
    boolean isLeak =
        ideal.source().value() == 0 && ideal.target().value() == 0 && ideal.head().value() == 0;
    boolean tellsNothing = standing.slashed() || standing.effectiveBalance().equals(Gwei.ZERO);
    if (tellsNothing) {
      explained += 3;
      return;
    }
    int flags = counted.getAsInt();
    compare(validator, RewardPart.SOURCE, flags, Columns.SOURCE, earned.source(), ideal.source());
    compare(validator, RewardPart.TARGET, flags, Columns.TARGET, earned.target(), ideal.target());
    if (isLeak) {
      explained++;
    } else {
      compare(validator, RewardPart.HEAD, flags, Columns.HEAD, earned.head(), ideal.head());
    }
  }

  private void compare(
      int validator, RewardPart part, int flags, int flag, GweiDelta earned, GweiDelta ideal) {
    boolean has = (flags & flag) != 0;
    boolean agrees =
        has
            ? earned.equals(ideal)
            : part == RewardPart.HEAD ? earned.value() == 0 : earned.value() < 0;
    tell(
        agrees,
        () ->
            "validator %d %s its %s, and the node has %s Gwei for it, of %s"
                .formatted(
                    validator,
                    has ? "has" : (flags & EpochOutline.ASSIGNED) == 0 ? "did not owe" : "missed",
                    part.lowerName(),
                    earned,
                    ideal));
  }

  /**
   * @param most that one block brought or cost
   */
  void sync(int validator, long earned, long most) {
    SyncTotals seats = outline.seats().map(all -> all.get(validator)).orElse(null);
    if (seats == null) {
      return;
    }
    long net = 2 * seats.signed() - seats.expected();
    if (most % seats.seats() != 0) {
      explained++;
      return;
    }
    tell(
        earned == most / seats.seats() * net,
        () ->
            "validator %d signed %d of %d times in the sync committee, and the node has %d Gwei for it"
                .formatted(validator, seats.signed(), seats.expected(), earned));
  }

  void proposal(int validator, long named) {
    if (outline.counted().length > 0) {
      tell(
          validator == named,
          () -> "validator %d proposed a block, and the node names %d".formatted(validator, named));
    }
  }

  private void tell(boolean agrees, java.util.function.Supplier<String> difference) {
    if (agrees) {
      equal++;
      return;
    }
    different++;
    if (first == null) {
      first = difference.get();
    }
  }
}
