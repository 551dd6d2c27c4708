package io.auriga.validators;

import io.auriga.chain.BlockRef;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.accounting.Columns;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An epoch of 32 slots in which every validator does its duty at distance 1, but for what a test
 * changes. Validator {@code i} attests in slot {@code i % 32}, and proposes slot {@code i}.
 */
public final class SampleEpoch {
  public static final int SLOTS = 32;

  private final long epoch;
  private final byte[] slots;
  private final byte[] flags;
  private final byte[] distances;
  private int unknown = -1;
  private @Nullable LongFunction<BlockRef> chain;
  private final Proposal.Outcome[] outcomes = new Proposal.Outcome[SLOTS];

  public SampleEpoch(long epoch, int validators) {
    this.epoch = epoch;
    slots = new byte[validators];
    flags = new byte[validators];
    distances = new byte[validators];
    for (int i = 0; i < validators; i++) {
      slots[i] = (byte) (i % SLOTS);
    }
    Arrays.fill(flags, (byte) 7);
    Arrays.fill(distances, (byte) 1);
    Arrays.fill(outcomes, Proposal.Outcome.PROPOSED);
  }

  /** Validators that are in no block. */
  public SampleEpoch missed(int... validators) {
    for (int validator : validators) {
      flags[validator] = 0;
      distances[validator] = 0;
    }
    return this;
  }

  /** A validator that was included late, without a timely head. */
  public SampleEpoch late(int validator, int distance) {
    flags[validator] = 3;
    distances[validator] = (byte) distance;
    return this;
  }

  /** A validator that is not active. */
  public SampleEpoch idle(int validator) {
    missed(validator);
    slots[validator] = Columns.NOT_ACTIVE;
    return this;
  }

  public SampleEpoch proposal(int slot, Proposal.Outcome outcome) {
    outcomes[slot] = outcome;
    return this;
  }

  /** An empty slot of which nobody knows whose it was. */
  public SampleEpoch unknownProposer(int slot) {
    outcomes[slot] = Proposal.Outcome.MISSED;
    unknown = slot;
    return this;
  }

  /** On a chain that has this block in each slot; the epoch is counted up to its window's end. */
  public SampleEpoch on(LongFunction<BlockRef> blocks) {
    chain = blocks;
    return this;
  }

  public EpochDuties duties(EpochDuties.Stage stage) {
    Slot first = new Slot(epoch * SLOTS);
    int[] earliest = new int[SLOTS];
    Arrays.fill(earliest, 1);
    List<Proposal> proposals = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      proposals.add(
          new Proposal(
              first.plus(slot),
              slot == unknown ? OptionalInt.empty() : OptionalInt.of(slot),
              outcomes[slot],
              chain == null || outcomes[slot] != Proposal.Outcome.PROPOSED
                  ? Optional.empty()
                  : Optional.of(chain.apply(first.value() + slot)),
              Optional.empty()));
    }
    return EpochDuties.of(
        new Epoch(epoch),
        stage,
        chain == null
            ? new BlockRef(first.plus(2 * SLOTS - 1), Root.of(new byte[32]))
            : chain.apply(first.value() + 2 * SLOTS),
        new Columns(first, slots.clone(), flags.clone(), distances.clone(), earliest),
        proposals);
  }

  /** Validators 0 to {@code count} with labels. */
  public static Watched watched(int count, IntFunction<SortedSet<Label>> labels) {
    Map<ValidatorIndex, WatchedValidator> validators = new TreeMap<>();
    WithdrawalCredentials credentials =
        WithdrawalCredentials.of(1, Address.of(new byte[Address.LENGTH]));
    BlsPublicKey key = BlsPublicKey.of(new byte[BlsPublicKey.LENGTH]);
    for (int i = 0; i < count; i++) {
      ValidatorIndex index = new ValidatorIndex(i);
      validators.put(index, new WatchedValidator(index, key, credentials, labels.apply(i)));
    }
    return new Watched(validators, new Watched.Pending(List.of(), List.of(), List.of()), List.of());
  }
}
