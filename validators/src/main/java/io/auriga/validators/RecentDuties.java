package io.auriga.validators;

import io.auriga.types.Epoch;
import io.auriga.validators.accounting.AttestationDuty;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.accounting.SyncTotals;
import io.auriga.validators.watched.Watched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each watched validator did in the last epochs that were counted, for people to look at: two
 * bytes a validator and epoch, in memory only. One thread gives, any number look.
 */
public final class RecentDuties {
  /** Two and a half hours of mainnet. */
  public static final int EPOCHS = 24;

  private static final byte NONE = -1;
  private static final int SOURCE = 1;
  private static final int TARGET = 2;
  private static final int HEAD = 4;
  private static final int INCLUDED = 8;

  private volatile TreeMap<Long, Counted> epochs = new TreeMap<>();

  /** One epoch; the arrays run with the validators. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Counted(
      EpochDuties.Stage stage,
      int[] validators,
      byte[] flags,
      byte[] lateness,
      Map<Integer, Turns> turns,
      Map<Integer, SyncTotals> seats,
      Map<String, DutyTotals> scopes) {}

  /** Slots to propose in. */
  public record Turns(int proposed, int lost) {
    static final Turns NONE = new Turns(0, 0);

    Turns plus(boolean isProposed) {
      return isProposed ? new Turns(proposed + 1, lost) : new Turns(proposed, lost + 1);
    }
  }

  /** How an attestation went. */
  public enum Vote {
    /** The validator was not active, or nobody looked. */
    NONE,
    /** In a block at once, for the right target and head. */
    PERFECT,
    /** In a block, but late or for another target or head. */
    PART,
    /** In no block. */
    MISSED
  }

  /** What one validator did in one epoch. */
  public record Look(
      Epoch epoch,
      Vote vote,
      boolean source,
      boolean target,
      boolean head,
      int lateness,
      Turns turns,
      Optional<SyncTotals> seats) {}

  /** Takes an epoch; one that comes again replaces what it was. */
  public void take(EpochDuties duties, Watched watched) {
    int[] validators = watched.indicesOf(Watched.ALL);
    byte[] flags = new byte[validators.length];
    byte[] lateness = new byte[validators.length];
    for (int i = 0; i < validators.length; i++) {
      Optional<AttestationDuty> duty = duties.attestation(validators[i]);
      flags[i] = duty.map(RecentDuties::flags).orElse(NONE);
      lateness[i] = (byte) duty.map(AttestationDuty::lateness).orElse(0).intValue();
    }
    Map<Integer, Turns> turns = new HashMap<>();
    for (Proposal proposal : duties.proposals()) {
      if (proposal.proposer().isPresent()
          && proposal.outcome() != Proposal.Outcome.PENDING
          && Arrays.binarySearch(validators, proposal.proposer().getAsInt()) >= 0) {
        boolean proposed = proposal.outcome() == Proposal.Outcome.PROPOSED;
        turns.compute(
            proposal.proposer().getAsInt(),
            (_, before) -> (before == null ? Turns.NONE : before).plus(proposed));
      }
    }
    Map<Integer, SyncTotals> seats = new HashMap<>(duties.sync().byValidator());
    seats.keySet().removeIf(validator -> Arrays.binarySearch(validators, validator) < 0);
    Map<String, DutyTotals> scopes = new HashMap<>();
    scopes.put(Watched.NETWORK, duties.network());
    watched.indicesByScope().forEach((scope, members) -> scopes.put(scope, duties.of(members)));
    TreeMap<Long, Counted> next = new TreeMap<>(epochs);
    next.put(
        duties.epoch().value(),
        new Counted(duties.stage(), validators, flags, lateness, turns, seats, scopes));
    while (next.size() > EPOCHS) {
      next.pollFirstEntry();
    }
    epochs = next;
  }

  private static byte flags(AttestationDuty duty) {
    return (byte)
        ((duty.source() ? SOURCE : 0)
            | (duty.target() ? TARGET : 0)
            | (duty.head() ? HEAD : 0)
            | (duty.isIncluded() ? INCLUDED : 0));
  }

  /** The epochs that are there, ascending. */
  public List<Epoch> epochs() {
    return epochs.keySet().stream().map(Epoch::new).toList();
  }

  /** One validator's epochs, ascending; those in which it was not watched are without a vote. */
  public List<Look> of(int validator) {
    List<Look> looks = new ArrayList<>();
    epochs.forEach((epoch, counted) -> looks.add(look(new Epoch(epoch), counted, validator)));
    return looks;
  }

  private static Look look(Epoch epoch, Counted counted, int validator) {
    int place = Arrays.binarySearch(counted.validators(), validator);
    int flags = place < 0 ? NONE : counted.flags()[place];
    boolean none = flags == NONE;
    return new Look(
        epoch,
        vote(flags, place < 0 ? 0 : counted.lateness()[place]),
        !none && (flags & SOURCE) != 0,
        !none && (flags & TARGET) != 0,
        !none && (flags & HEAD) != 0,
        place < 0 ? 0 : counted.lateness()[place],
        counted.turns().getOrDefault(validator, Turns.NONE),
        Optional.ofNullable(counted.seats().get(validator)));
  }

  private static Vote vote(int flags, int lateness) {
    if (flags == NONE) {
      return Vote.NONE;
    }
    if ((flags & INCLUDED) == 0) {
      return Vote.MISSED;
    }
    return lateness == 0 && (flags & (TARGET | HEAD)) == (TARGET | HEAD) ? Vote.PERFECT : Vote.PART;
  }

  /** How many attestations each of some validators missed, who are given ascending. */
  public int[] missed(int[] validators) {
    int[] missed = new int[validators.length];
    for (Counted counted : epochs.values()) {
      int place = 0;
      for (int i = 0; i < validators.length; i++) {
        while (place < counted.validators().length && counted.validators()[place] < validators[i]) {
          place++;
        }
        boolean here =
            place < counted.validators().length && counted.validators()[place] == validators[i];
        if (here && vote(counted.flags()[place], 0) == Vote.MISSED) {
          missed[i]++;
        }
      }
    }
    return missed;
  }

  /** A scope's attestations of all epochs that are there. */
  public DutyTotals of(String scope) {
    DutyTotals sum = DutyTotals.NONE;
    for (Counted counted : epochs.values()) {
      sum = sum.plus(counted.scopes().getOrDefault(scope, DutyTotals.NONE));
    }
    return sum;
  }
}
