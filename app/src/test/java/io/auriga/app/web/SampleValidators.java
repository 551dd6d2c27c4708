package io.auriga.app.web;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.Upcoming;
import io.auriga.validators.accounting.Columns;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.rewards.RewardKeeper;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watched validators 0 to so many, the even ones in the group north. Validator 2 misses every
 * attestation and its block, 3 proposed one, 4 is late, 5 is slashed, 6 leaves, 7 sits in the sync
 * committee and proposes soon.
 */
final class SampleValidators {
  private static final int SLOTS = 32;
  private static final int EPOCHS = 24;

  private SampleValidators() {}

  static BlsPublicKey key(int validator) {
    byte[] key = new byte[BlsPublicKey.LENGTH];
    ByteBuffer.wrap(key).putInt(0xa0000000 + validator);
    return BlsPublicKey.of(key);
  }

  static Watched watched(int count) {
    WithdrawalCredentials credentials =
        WithdrawalCredentials.of(1, Address.of(new byte[Address.LENGTH]));
    Map<ValidatorIndex, WatchedValidator> validators = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      TreeSet<Label> labels = new TreeSet<>(List.of(Label.parse("operator:a long name/with more")));
      if (i % 2 == 0) {
        labels.add(Label.ofGroup("north"));
      }
      ValidatorIndex index = new ValidatorIndex(i);
      validators.put(index, new WatchedValidator(index, key(i), credentials, labels));
    }
    return new Watched(validators, new Watched.Pending(List.of(), List.of(), List.of()), List.of());
  }

  /** Fills everything that the pages of validators show. */
  static void fill(SampleSurface surface, int count) {
    Watched watched = watched(count);
    surface.watched = watched;
    long now = SampleChain.SPEC.epochOf(surface.chain.clock().currentSlot()).value();
    for (long epoch = now - EPOCHS - 1; epoch <= now - 2; epoch++) {
      surface.recent.take(duties(epoch, count + 100), watched);
    }
    SampleRewards.fill(surface.chain.store(), now - 30, 29, count);
    surface.rewards =
        new RewardKeeper.Status(
            Optional.of(new Epoch(now - 2)), standings(count, now), Optional.empty());
    int[] proposers = new int[SLOTS];
    Arrays.fill(proposers, -1);
    proposers[9] = 7;
    int[] seats = new int[512];
    Arrays.fill(seats, count + 1);
    seats[5] = 7;
    surface.upcoming =
        Optional.of(
            new Upcoming(
                SampleChain.SPEC,
                new Epoch(now),
                Map.of(now + 1, proposers),
                Map.of(now / 256, seats, now / 256 + 1, seats)));
  }

  private static Map<Integer, Validator> standings(int count, long now) {
    Map<Integer, Validator> standings = new HashMap<>();
    for (int i = 0; i < count; i++) {
      standings.put(
          i,
          new Validator(
              new ValidatorIndex(i),
              key(i),
              WithdrawalCredentials.of(1, Address.of(new byte[Address.LENGTH])),
              new Gwei(32_012_345_678L + i),
              Gwei.ofEther(32),
              i == 5,
              new Validator.Life(
                  new Epoch(0),
                  new Epoch(0),
                  i == 6 ? new Epoch(now + 3) : Epoch.FAR_FUTURE,
                  Epoch.FAR_FUTURE)));
    }
    return standings;
  }

  private static EpochDuties duties(long epoch, int network) {
    Slot first = new Slot(epoch * SLOTS);
    byte[] slots = new byte[network];
    byte[] flags = new byte[network];
    byte[] distances = new byte[network];
    int[] earliest = new int[SLOTS];
    Arrays.fill(earliest, 1);
    for (int i = 0; i < network; i++) {
      boolean missed = i == 2 || (i > 8 && (i * 31L + epoch) % 47 == 0);
      slots[i] = (byte) (i % SLOTS);
      flags[i] = (byte) (missed ? 0 : i == 4 ? 3 : 7);
      distances[i] = (byte) (missed ? 0 : i == 4 ? 3 : 1);
    }
    List<Proposal> proposals = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      boolean lost = slot == 2 && epoch % 5 == 0;
      int proposer = slot == 2 && lost ? 2 : slot == 3 && epoch % 7 == 0 ? 3 : network - 1;
      proposals.add(
          new Proposal(
              first.plus(slot),
              OptionalInt.of(proposer),
              lost ? Proposal.Outcome.MISSED : Proposal.Outcome.PROPOSED,
              Optional.empty(),
              Optional.empty()));
    }
    return EpochDuties.of(
        new Epoch(epoch),
        EpochDuties.Stage.CLOSED,
        new BlockRef(first.plus(2L * SLOTS), Root.of(new byte[32])),
        new Columns(first, slots, flags, distances, earliest),
        proposals);
  }
}
