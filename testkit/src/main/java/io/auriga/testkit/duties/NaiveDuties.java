package io.auriga.testkit.duties;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The duties of a chain, counted as the specification says it, one validator after the other
 * ({@code process_attestation}, {@code get_attesting_indices}, {@code
 * get_attestation_participation_flag_indices}). Nothing is taken back: each chain is counted anew.
 */
public final class NaiveDuties {
  /** What one validator owed and did in one epoch. */
  public record Duty(long slot, long inclusionSlot, int flags) {}

  private final DutyNetwork network;
  private final ChainSpec spec;
  private final DutyBlock head;
  private final Map<Long, NaiveCommittees> committees = new HashMap<>();
  private final TreeMap<Long, Map<Integer, Duty>> epochs = new TreeMap<>();

  /** Counts every block of a chain from its first one on. */
  public NaiveDuties(DutyNetwork network, DutyBlock head) {
    this.network = network;
    this.spec = network.plan().spec();
    this.head = head;
    for (DutyBlock block : head.since(Optional.empty())) {
      SszView attestations = block.block().body().field("attestations");
      for (int i = 0; i < attestations.count(); i++) {
        process(block, attestations.element(i));
      }
    }
  }

  /** Every active validator's duty of an epoch. */
  public Map<Integer, Duty> of(long epoch) {
    return epochs.computeIfAbsent(epoch, this::assign);
  }

  private Map<Integer, Duty> assign(long epoch) {
    Map<Integer, Duty> duties = new HashMap<>();
    NaiveCommittees of = committees(epoch);
    for (int slot = 0; slot < spec.slotsPerEpoch(); slot++) {
      for (int index = 0; index < of.perSlot(); index++) {
        for (int validator : of.committee(slot, index)) {
          duties.put(validator, new Duty(epoch * spec.slotsPerEpoch() + slot, 0, 0));
        }
      }
    }
    return duties;
  }

  private NaiveCommittees committees(long epoch) {
    return committees.computeIfAbsent(
        epoch,
        e ->
            new NaiveCommittees(
                spec, new Epoch(e), network.plan().active(new Epoch(e)), network.mixFor(head, e)));
  }

  private void process(DutyBlock block, SszView attestation) {
    SszView data = attestation.field("data");
    long slot = data.uint64("slot");
    long target = data.field("target").uint64("epoch");
    long blockSlot = block.ref().slot().value();
    long now = spec.epochOf(block.ref().slot()).value();
    require(target == now || target == now - 1, "the target is of another epoch");
    require(target == slot / spec.slotsPerEpoch(), "the slot is not of the target's epoch");
    require(slot + 1 <= blockSlot, "it is too early");
    boolean deneb = block.block().fork().isAtLeast(ForkName.DENEB);
    require(deneb || blockSlot <= slot + spec.slotsPerEpoch(), "it is too late");

    // The block's own state knows its ancestors only.
    DutyBlock ancestors = block.back(1);
    Root targetRoot = ancestors.at(target * spec.slotsPerEpoch()).ref().root();
    Root headRoot = ancestors.at(slot).ref().root();
    boolean matchingTarget = data.field("target").root("root").equals(targetRoot);
    boolean matchingHead = matchingTarget && data.root("beacon_block_root").equals(headRoot);
    long delay = blockSlot - slot;
    int flags = 0;
    if (delay <= Math.floor(Math.sqrt((double) spec.slotsPerEpoch()))) {
      flags |= 1;
    }
    if (matchingTarget && (deneb || delay <= spec.slotsPerEpoch())) {
      flags |= 2;
    }
    if (matchingHead && delay == 1) {
      flags |= 4;
    }
    for (int validator : attestingIndices(block.block(), attestation, slot, data, target)) {
      Duty duty = of(target).get(validator);
      if (duty == null || duty.slot() != slot) {
        throw new IllegalStateException("validator " + validator + " was not to vote in " + slot);
      }
      long first = duty.inclusionSlot() == 0 ? blockSlot : duty.inclusionSlot();
      of(target).put(validator, new Duty(slot, first, duty.flags() | flags));
    }
  }

  private Set<Integer> attestingIndices(
      SignedBlockView block, SszView attestation, long slot, SszView data, long target) {
    NaiveCommittees of = committees(target);
    int number = (int) (slot % spec.slotsPerEpoch());
    List<Integer> named = new ArrayList<>();
    if (block.fork().isAtLeast(ForkName.ELECTRA)) {
      require(data.uint64("index") == 0, "the index is not 0");
      byte[] bits = attestation.field("committee_bits").toBytes();
      for (int i = 0; i < 8 * bits.length; i++) {
        if ((bits[i / 8] >> i % 8 & 1) == 1) {
          named.add(i);
        }
      }
    } else {
      named.add((int) data.uint64("index"));
    }
    byte[] bits = attestation.field("aggregation_bits").toBytes();
    Set<Integer> attesting = new TreeSet<>();
    int offset = 0;
    for (int index : named) {
      require(index < of.perSlot(), "there is no such committee");
      int[] members = of.committee(number, index);
      for (int i = 0; i < members.length; i++) {
        if ((bits[(offset + i) / 8] >> (offset + i) % 8 & 1) == 1) {
          attesting.add(members[i]);
        }
      }
      offset += members.length;
    }
    require(bits.length == offset / 8 + 1, "the bits are not as many as the members");
    require((bits[offset / 8] & 0xff) >> offset % 8 == 1, "the bits end elsewhere");
    return attesting;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(
          "the simulated network built a bad attestation: " + otherwise);
    }
  }
}
