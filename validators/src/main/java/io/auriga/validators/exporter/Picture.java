package io.auriga.validators.exporter;

import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.AttestationDuty;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.slo.DutyCounting;
import io.auriga.validators.slo.EpochCounts;
import io.auriga.validators.watched.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scrape sees: the newest epoch that is counted, and the sums of final ones. Immutable.
 *
 * @param missed who missed an attestation in it; never changed
 * @param leftOut watched validators without series of their own
 */
record Picture(
    Optional<Epoch> epoch,
    Optional<Slot> head,
    Instant at,
    SortedMap<String, Scope> scopes,
    Growing.Sums sums,
    List<One> validators,
    int leftOut,
    BitSet missed) {
  static final Picture BEFORE =
      new Picture(
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          Collections.emptySortedMap(),
          Growing.Sums.NONE,
          List.of(),
          0,
          new BitSet());

  /**
   * One scope in the newest epoch.
   *
   * @param missedTwice validators that missed the epoch before as well
   */
  record Scope(EpochCounts counts, DutyTotals attestations, int missedTwice) {}

  /** One validator in the newest epoch. */
  record One(int validator, Optional<AttestationDuty> duty) {}

  static Picture of(
      EpochDuties duties,
      Watched watched,
      Picture before,
      Growing.Sums sums,
      int limit,
      Instant now) {
    BitSet missed = missed(duties);
    BitSet twice = (BitSet) missed.clone();
    boolean follows =
        before.epoch().filter(last -> last.value() + 1 == duties.epoch().value()).isPresent();
    if (follows) {
      twice.and(before.missed());
    } else {
      twice.clear();
    }
    SortedMap<String, Scope> scopes = new TreeMap<>();
    for (EpochCounts counts : DutyCounting.of(duties, watched)) {
      String scope = counts.scope();
      scopes.put(
          scope,
          new Scope(
              counts,
              Scopes.attestations(duties, watched, scope),
              scope.equals(Watched.NETWORK)
                  ? twice.cardinality()
                  : among(watched.indicesOf(scope), twice)));
    }
    int[] all = watched.indicesOf(Watched.ALL);
    List<One> validators = new ArrayList<>();
    for (int i = 0; i < Math.min(limit, all.length); i++) {
      validators.add(new One(all[i], duties.attestation(all[i])));
    }
    return new Picture(
        Optional.of(duties.epoch()),
        Optional.of(duties.head().slot()),
        now,
        Collections.unmodifiableSortedMap(scopes),
        sums,
        List.copyOf(validators),
        limit == 0 ? 0 : all.length - validators.size(),
        missed);
  }

  private static int among(int[] validators, BitSet set) {
    int count = 0;
    for (int validator : validators) {
      count += set.get(validator) ? 1 : 0;
    }
    return count;
  }

  private static BitSet missed(EpochDuties duties) {
    BitSet missed = new BitSet(duties.validatorCount());
    for (int validator = 0; validator < duties.validatorCount(); validator++) {
      if (duties.attestation(validator).filter(duty -> !duty.isIncluded()).isPresent()) {
        missed.set(validator);
      }
    }
    return missed;
  }

  SortedMap<String, Growing.Totals> totals() {
    return sums.totals();
  }

  /** The same with other sums. */
  Picture with(Growing.Sums sums, Instant now) {
    return new Picture(epoch, head, now, scopes, sums, validators, leftOut, missed);
  }
}
