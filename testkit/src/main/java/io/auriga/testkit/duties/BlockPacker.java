package io.auriga.testkit.duties;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Builds blocks of votes: all new ones, some late ones, some that are in another block already. */
final class BlockPacker {
  private static final double SPLIT = 0.2;
  private static final double REPEAT = 0.04;

  /** How much more often than a vote is odd the second part of an aggregate is lost. */
  private static final double LOST = 5;

  private final DutyPlan plan;
  private final BlockSchemas schemas;
  private final Random random;

  BlockPacker(DutyPlan plan, Random random) {
    this.plan = plan;
    this.schemas = BlockSchemas.of(plan.spec());
    this.random = random;
  }

  /**
   * A block.
   *
   * @param pool the votes that such a block may have, oldest first
   */
  SignedBlockView pack(Slot slot, DutyBlock parent, List<VoteGroup> pool) {
    ForkName fork = plan.spec().forkAt(slot);
    AttestationWriter writer = new AttestationWriter(schemas, fork);
    List<byte[]> attestations = new ArrayList<>();
    for (VoteGroup group : pool) {
      boolean isNew =
          group.data().slot().value() >= parent.ref().slot().value()
              || group.since() == slot.value();
      if (isNew || random.nextDouble() < REPEAT) {
        add(attestations, writer, group);
      }
    }
    boolean electra = fork.isAtLeast(ForkName.ELECTRA);
    int most = (int) plan.spec().number(electra ? "MAX_ATTESTATIONS_ELECTRA" : "MAX_ATTESTATIONS");
    if (attestations.size() > most) {
      // What fits of the newest: the oldest have had their chance.
      attestations.subList(0, attestations.size() - most).clear();
    }
    Collections.shuffle(attestations, random);
    return block(fork, slot, parent.ref().root(), attestations);
  }

  private void add(List<byte[]> attestations, AttestationWriter writer, VoteGroup group) {
    if (random.nextDouble() >= SPLIT) {
      attestations.addAll(writer.write(group.data(), group.votes(), group.sizes()));
      return;
    }
    // Two aggregates that overlap and have all votes together; now and then the second is lost.
    BitSet[] first = some(group.votes());
    attestations.addAll(writer.write(group.data(), first, group.sizes()));
    if (random.nextDouble() >= LOST * plan.odd()) {
      BitSet[] second = some(group.votes());
      for (int i = 0; i < second.length; i++) {
        BitSet left = (BitSet) group.votes()[i].clone();
        left.andNot(first[i]);
        second[i].or(left);
      }
      attestations.addAll(writer.write(group.data(), second, group.sizes()));
    }
  }

  private BitSet[] some(BitSet[] votes) {
    BitSet[] some = new BitSet[votes.length];
    for (int i = 0; i < votes.length; i++) {
      some[i] = (BitSet) votes[i].clone();
      some[i].stream().filter(_ -> random.nextInt(3) == 0).boxed().toList().forEach(some[i]::clear);
    }
    return some;
  }

  private SignedBlockView block(ForkName fork, Slot slot, Root parent, List<byte[]> attestations) {
    SszSchema attestation = schemas.type(fork, "Attestation");
    byte[] reveal = new byte[96];
    random.nextBytes(reveal);
    byte[] body =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlockBody"))
            .set("randao_reveal", reveal)
            .set("attestations", SszWriter.sequence(attestation, attestations))
            .set("sync_aggregate", syncAggregate(fork))
            .toBytes();
    byte[] block =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlock"))
            .set("slot", slot.value())
            .set("proposer_index", random.nextInt(plan.validators()))
            .set("parent_root", parent.toBytes())
            // No state has it; but each block another one.
            .set("state_root", NaiveCommittees.sha256(parent.toBytes(), reveal))
            .set("body", body)
            .toBytes();
    byte[] signed = SszWriter.ofDefaults(schemas.signedBlock(fork)).set("message", block).toBytes();
    return SignedBlockView.of(schemas, fork, signed);
  }

  private byte[] syncAggregate(ForkName fork) {
    int seats = (int) plan.spec().number("SYNC_COMMITTEE_SIZE");
    double rate = random.nextInt(10) == 0 ? 0.4 : 0.97;
    byte[] bits = new byte[(seats + 7) / 8];
    for (int seat = 0; seat < seats; seat++) {
      bits[seat / 8] |= (byte) (random.nextDouble() < rate ? 1 << (seat % 8) : 0);
    }
    return SszWriter.ofDefaults(schemas.type(fork, "SyncAggregate"))
        .set("sync_committee_bits", bits)
        .toBytes();
  }
}
