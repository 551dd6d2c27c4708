package io.auriga.withdrawals.exit;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Derives the end of the exit queue from what nodes list of a state, because none tells {@code
 * earliest_exit_epoch}: the last of those who leave, and of the requested partial withdrawals,
 * which wait in the same queue, stand in it.
 *
 * <p>How much room the last epoch still has is known up to the entry that came to stand in it
 * first, which may have taken part of an epoch before. Effective balances are taken to be what they
 * were when their validators asked.
 */
public final class ExitLists {
  /** Three standard errors: 99.7 % of samples. */
  private static final double SAMPLE_ERRORS = 3;

  private ExitLists() {}

  /**
   * What all active validators weigh, at the least and at the most.
   *
   * @param low in Gwei or validators
   */
  public record Active(long low, long high) {
    /**
     * From some validators spread evenly over all.
     *
     * @param count of all
     */
    public static Active of(ExitRules rules, List<Validator> sample, int count, Epoch now) {
      double sum = 0;
      double squares = 0;
      for (Validator one : sample) {
        double weight = one.life().isActive(now) ? rules.weight(one.effectiveBalance().value()) : 0;
        sum += weight;
        squares += weight * weight;
      }
      int size = Math.max(1, sample.size());
      double mean = sum / size;
      double variance = Math.max(0, squares / size - mean * mean);
      double rest = Math.max(0, 1 - (double) sample.size() / Math.max(1, count));
      double error = SAMPLE_ERRORS * count * Math.sqrt(variance / size * rest);
      double all = rest == 0 ? sum : mean * count;
      return new Active(Math.round(Math.max(0, all - error)), Math.round(all + error));
    }
  }

  /**
   * @param exits of all who have duties still
   * @param consolidating validators that are emptied into others, which leave by another queue
   * @param partials as of the same state
   * @param forked the epoch in which Electra began, if it did
   * @param now the epoch in which somebody would ask
   */
  public static ExitWindow window(
      ExitRules rules,
      List<ScheduledExit> exits,
      Collection<ValidatorIndex> consolidating,
      List<PendingPartials.Entry> partials,
      Active active,
      Epoch forked,
      Epoch now) {
    // Electra began its queue an epoch behind the last of Deneb's, whom nothing tells apart.
    Epoch begin = new Epoch(rules.byBalance() ? rules.first(forked).value() + 1 : 0);
    Last last = new Last(begin);
    Set<ValidatorIndex> others = Set.copyOf(consolidating);
    for (ScheduledExit exit : exits) {
      if (!others.contains(exit.index())) {
        last.add(exit.exit(), rules.weight(exit.effectiveBalance().value()));
      }
    }
    if (rules.byBalance()) {
      for (PendingPartials.Entry partial : partials) {
        long epoch = partial.withdrawable().value() - rules.withdrawableDelay();
        last.add(new Epoch(Math.max(0, epoch)), partial.amount().value());
      }
    }
    boolean young = rules.byBalance() && now.compareTo(rules.withdrawable(forked)) < 0;
    boolean doubtful = young && last.epoch.compareTo(begin) > 0;
    long least = rules.churn(active.low());
    long most = rules.churn(active.high());
    return new ExitWindow(
        now,
        new ExitQueue(rules, last.epoch, last.roomAtMost(rules, most), most),
        new ExitQueue(rules, last.epoch, doubtful ? 0 : Math.max(0, least - last.sum), least));
  }

  /** Those who stand in the last epoch. */
  private static final class Last {
    private Epoch epoch;
    private long sum;
    private long largest;

    Last(Epoch begin) {
      epoch = begin;
    }

    void add(Epoch other, long weight) {
      int order = other.compareTo(epoch);
      if (order > 0) {
        epoch = other;
        sum = 0;
        largest = 0;
      }
      if (order >= 0) {
        // No queue takes more than fits; what a node makes of it must not wrap.
        long bounded = Math.clamp(weight, 0, Integer.MAX_VALUE * 1_000_000_000L);
        sum = Math.min(Long.MAX_VALUE / 2, sum + bounded);
        largest = Math.max(largest, bounded);
      }
    }

    /** The one that came first took at least a Gwei of this epoch; validators count whole. */
    long roomAtMost(ExitRules rules, long churn) {
      long others = rules.byBalance() ? sum - largest + (sum > 0 ? 1 : 0) : sum;
      return Math.max(0, churn - others);
    }
  }
}
