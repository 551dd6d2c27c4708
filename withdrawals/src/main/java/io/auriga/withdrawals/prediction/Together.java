package io.auriga.withdrawals.prediction;

import io.auriga.types.Epoch;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.prediction.Prediction.AmountInterval;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to come for several validators together.
 *
 * @param validators how many they are
 * @param paid how many of them something is to come for
 * @param leaving how many were given an exit epoch and are not paid out yet
 * @param next the payment that comes first
 * @param nextExit the first exit epoch that is still to come
 * @param periods what comes in the next hours, the shortest period first
 */
public record Together(
    int validators,
    int paid,
    int leaving,
    Optional<Prediction> next,
    Optional<Epoch> nextExit,
    List<Period> periods) {
  /** Of what an operator asks: tomorrow, next week, next month. */
  private static final List<Duration> SPANS =
      List.of(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

  /** A month of a network so small that every block goes round it. */
  private static final int TURNS_MAX = 1 << 19;

  /** How often the sum is looked at between what is expected and either end. */
  private static final int STEPS = 32;

  /**
   * When and how much must both be held. For nine of ten together each may be missed in one of
   * twenty: 1.96 standard deviations, where the intervals of single payments have 1.645.
   */
  private static final double REACH = 1.96 / 1.645;

  public Together {
    periods = List.copyOf(periods);
  }

  /**
   * What comes until a slot: the sum lies between {@code low} and {@code high} in nine of ten
   * cases.
   *
   * @param payments how many are expected
   */
  public record Period(Duration span, long untilSlot, long payments, AmountInterval sum) {}

  /**
   * Adds up.
   *
   * @param laps how the turns of the sweep follow each other
   */
  static Together of(
      List<Outlook> outlooks,
      long headSlot,
      Laps laps,
      SweepRules rules,
      Duration slotDuration,
      AmountCalibration.Spread spread) {
    Epoch now = new Epoch(rules.epochOf(headSlot));
    return new Together(
        outlooks.size(),
        (int) outlooks.stream().filter(one -> !one.payments().isEmpty()).count(),
        (int) outlooks.stream().filter(Together::isLeaving).count(),
        outlooks.stream()
            .flatMap(one -> one.payments().stream())
            .min(Comparator.comparingLong(payment -> payment.slot().slot())),
        outlooks.stream()
            .flatMap(one -> one.exit().stream())
            .filter(exit -> exit.compareTo(now) > 0)
            .min(Comparator.naturalOrder()),
        SPANS.stream()
            .map(
                span -> {
                  long until = headSlot + Math.max(1, span.dividedBy(slotDuration));
                  Scope scope = new Scope(headSlot, until, laps, rules);
                  return period(span, scope, outlooks, spread);
                })
            .toList());
  }

  private static boolean isLeaving(Outlook outlook) {
    return outlook.exit().isPresent()
        && outlook.payments().stream().anyMatch(payment -> payment.kind() == Kind.FULL);
  }

  /** From where to where payments are added up. */
  private record Scope(long head, long until, Laps laps, SweepRules rules) {}

  /**
   * One lap of the sweep and those behind it.
   *
   * @param slots of one lap from now
   * @param doubt by how much a time far ahead may be wrong, as a share of it, in nine of ten cases
   * @param growth of the laps in a slot, as a share: there are ever more validators to look at
   */
  record Laps(double slots, double doubt, double growth) {
    Laps {
      slots = Math.max(1, slots);
    }

    /** The turn after one that comes {@code ahead} slots from now. */
    double after(double ahead) {
      return ahead + slots * (1 + growth * ahead);
    }
  }

  /**
   * The slots of all err together; how much each earns is its own luck, but for what is common.
   *
   * <p>Between the ends of what may be late the sum is a saw: it grows while payments come later,
   * since they pay more, and falls with each that slips out of the period. So it is looked at all
   * along, not only at the ends.
   */
  private static Period period(
      Duration span, Scope scope, List<Outlook> outlooks, AmountCalibration.Spread spread) {
    Sum expected = sum(scope, 0, outlooks);
    double least = expected.gwei;
    double most = expected.gwei;
    for (int step = 1; step <= STEPS; step++) {
      double early = sum(scope, -REACH * step / STEPS, outlooks).gwei;
      double late = sum(scope, REACH * step / STEPS, outlooks).gwei;
      least = Math.min(least, Math.min(early, late));
      most = Math.max(most, Math.max(early, late));
    }
    double common = spread.common() * expected.accrued;
    double luck = Math.sqrt(expected.squares);
    double below = expected.gwei - least + REACH * Math.hypot(common, (1 - spread.low()) * luck);
    double above = most - expected.gwei + REACH * Math.hypot(common, (spread.high() - 1) * luck);
    return new Period(
        span,
        scope.until(),
        expected.payments,
        new AmountInterval(
            Math.round(Math.max(0, expected.gwei - below)),
            Math.round(expected.gwei),
            Math.round(expected.gwei + above),
            Math.round(expected.accrued)));
  }

  private static Sum sum(Scope scope, double shift, List<Outlook> outlooks) {
    Sum sum = new Sum(scope, shift);
    outlooks.forEach(sum::add);
    return sum;
  }

  /** What comes if every payment comes as early or as late, within its interval. */
  private static final class Sum {
    private final Scope scope;
    private final double shift;
    private double gwei;
    private double accrued;
    private double squares;
    private long payments;

    /**
     * @param shift -1 for the low ends of all intervals, 1 for the high ones
     */
    Sum(Scope scope, double shift) {
      this.scope = scope;
      this.shift = shift;
    }

    private long when(SlotInterval slot) {
      long end = shift < 0 ? slot.low() : slot.high();
      long moved = slot.slot() + Math.round(Math.abs(shift) * (double) (end - slot.slot()));
      return Math.max(scope.head() + 1, moved);
    }

    void add(Outlook outlook) {
      long end = scope.until();
      for (Prediction payment : outlook.payments()) {
        long slot = when(payment.slot());
        if (payment.kind() != Kind.SWEEP && slot <= scope.until()) {
          add(1, (double) payment.amount().amount(), (double) payment.amount().accrues());
        }
        if (payment.kind() == Kind.FULL) {
          end = Math.min(end, slot - 1);
        }
      }
      for (Prediction payment : outlook.payments()) {
        if (payment.kind() == Kind.SWEEP && when(payment.slot()) <= end) {
          addSweeps(outlook, payment, end);
        }
      }
    }

    /** Lap after lap, each pays what was earned since the one before. */
    private void addSweeps(Outlook outlook, Prediction first, long end) {
      double ahead = (double) (when(first.slot()) - scope.head());
      double expected = (double) (first.slot().slot() - scope.head());
      long turns = 0;
      while (true) {
        expected = scope.laps().after(expected);
        double next = Math.max(ahead, expected * (1 + shift * scope.laps().doubt()));
        if (scope.head() + next > end || turns == TURNS_MAX) {
          break;
        }
        ahead = next;
        turns++;
      }
      double earns = outlook.exit().map(this::startOf).orElse(Double.MAX_VALUE);
      double last = Math.min(scope.head() + ahead, earns);
      double since = Math.min((double) first.slot().slot(), earns);
      double sum = first.amount().amount() + outlook.perSlot() * (last - since);
      double earned = outlook.perSlot() * Math.max(0, last - scope.head());
      add(turns + 1, Math.max(0, sum), earned);
    }

    private double startOf(Epoch epoch) {
      return UInt64.toBigInteger(epoch.value()).doubleValue() * scope.rules().slotsPerEpoch();
    }

    private void add(long howMany, double sum, double earned) {
      payments += howMany;
      gwei += sum;
      accrued += earned;
      squares += earned * earned;
    }
  }
}
