package io.auriga.validators.slo;

import io.auriga.validators.accounting.AttestationDuty;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.accounting.SyncTotals;
import io.auriga.validators.watched.Watched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/** Counts the duties of an epoch for the network, for all who are watched, and for each label. */
public final class DutyCounting {
  /** A slot that so many of the whole network missed, or more, was late for everybody. */
  private static final int SHARED_BY_ONE_IN = 3;

  private final EpochDuties duties;
  private final Map<Indicator, boolean[]> shared = new EnumMap<>(Indicator.class);
  private boolean anyShared;

  private DutyCounting(EpochDuties duties) {
    this.duties = duties;
    share(Indicator.INCLUSION, DutyTotals::included);
    share(Indicator.TARGET, DutyTotals::target);
    share(Indicator.HEAD, DutyTotals::head);
  }

  /** The counts of all scopes of one epoch. */
  public static List<EpochCounts> of(EpochDuties duties, Watched watched) {
    DutyCounting counting = new DutyCounting(duties);
    List<EpochCounts> scopes = new ArrayList<>();
    scopes.add(counting.network());
    watched
        .indicesByScope()
        .forEach((scope, members) -> scopes.add(counting.scope(scope, members)));
    return scopes;
  }

  private void share(Indicator indicator, ToLongFunction<DutyTotals> done) {
    boolean[] slots = new boolean[duties.proposals().size()];
    for (int slot = 0; slot < slots.length; slot++) {
      DutyTotals all = duties.ofSlot(slot);
      long missed = all.assigned() - done.applyAsLong(all);
      slots[slot] = missed > 0 && missed * SHARED_BY_ONE_IN >= all.assigned();
      anyShared |= slots[slot];
    }
    shared.put(indicator, slots);
  }

  private EpochCounts network() {
    DutyTotals all = duties.network();
    Map<Indicator, Count> counts = new EnumMap<>(Indicator.class);
    counts.put(Indicator.INCLUSION, network(all, Indicator.INCLUSION, DutyTotals::included));
    counts.put(Indicator.TARGET, network(all, Indicator.TARGET, DutyTotals::target));
    counts.put(Indicator.HEAD, network(all, Indicator.HEAD, DutyTotals::head));
    counts.put(Indicator.SYNC, sync(duties.sync().network()));
    counts.put(Indicator.PROPOSALS, proposals(_ -> true, true));
    return new EpochCounts(duties.epoch(), Watched.NETWORK, counts);
  }

  private Count network(DutyTotals all, Indicator indicator, ToLongFunction<DutyTotals> done) {
    boolean[] slots = slots(indicator);
    long together = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot]) {
        DutyTotals some = duties.ofSlot(slot);
        together += some.assigned() - done.applyAsLong(some);
      }
    }
    return new Count(all.assigned(), all.assigned() - done.applyAsLong(all), together);
  }

  private boolean[] slots(Indicator indicator) {
    return java.util.Objects.requireNonNull(shared.get(indicator));
  }

  private EpochCounts scope(String scope, int[] validators) {
    DutyTotals totals = duties.of(validators);
    long[] together = anyShared ? together(validators) : new long[Indicator.values().length];
    Map<Indicator, Count> counts = new EnumMap<>(Indicator.class);
    put(counts, Indicator.INCLUSION, totals, totals.included(), together);
    put(counts, Indicator.TARGET, totals, totals.target(), together);
    put(counts, Indicator.HEAD, totals, totals.head(), together);
    counts.put(Indicator.SYNC, sync(duties.sync().of(validators)));
    counts.put(
        Indicator.PROPOSALS,
        proposals(proposer -> Arrays.binarySearch(validators, proposer) >= 0, false));
    return new EpochCounts(duties.epoch(), scope, counts);
  }

  private static void put(
      Map<Indicator, Count> counts,
      Indicator indicator,
      DutyTotals totals,
      long done,
      long[] together) {
    counts.put(
        indicator,
        new Count(totals.assigned(), totals.assigned() - done, together[indicator.column()]));
  }

  /** How often some validators missed what the network missed with them, by column. */
  private long[] together(int[] validators) {
    long[] together = new long[Indicator.values().length];
    long first = duties.slot(0).value();
    for (int validator : validators) {
      Optional<AttestationDuty> found = duties.attestation(validator);
      if (found.isPresent()) {
        AttestationDuty duty = found.get();
        int slot = (int) (duty.slot().value() - first);
        count(together, Indicator.INCLUSION, slot, duty.isIncluded());
        count(together, Indicator.TARGET, slot, duty.target());
        count(together, Indicator.HEAD, slot, duty.head());
      }
    }
    return together;
  }

  private void count(long[] together, Indicator indicator, int slot, boolean done) {
    if (!done && slots(indicator)[slot]) {
      together[indicator.column()]++;
    }
  }

  private static Count sync(SyncTotals seats) {
    return new Count(seats.expected(), seats.missed(), seats.missedInPoorBlocks());
  }

  /**
   * Where it is not known whose an empty slot was, nothing is counted for some: only the blocks
   * that came would be seen, and everybody would seem to be perfect.
   *
   * @param all whether everybody is meant, so that it does not matter whose a slot was
   */
  private Count proposals(IntPredicate isMeant, boolean all) {
    long total = 0;
    long missed = 0;
    for (Proposal proposal : duties.proposals()) {
      if (proposal.outcome() == Proposal.Outcome.PENDING) {
        continue;
      }
      if (proposal.proposer().isEmpty() && !all) {
        return Count.NONE;
      }
      if (all || isMeant.test(proposal.proposer().orElseThrow())) {
        total++;
        missed += proposal.outcome() == Proposal.Outcome.PROPOSED ? 0 : 1;
      }
    }
    return new Count(total, missed, 0);
  }
}
