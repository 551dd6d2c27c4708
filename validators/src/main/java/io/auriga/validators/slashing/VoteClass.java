package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Old votes that agree in source and target, at most one for each duty (slot and committee), and
 * all who cast one of them. Which of them a validator cast is not kept: it can only be that of its
 * own duty, because the target fixes the committees.
 */
final class VoteClass {
  private static final Comparator<AttestationData> BY_DUTY =
      Comparator.comparingLong(VoteClass::duty);

  private final Vote vote;
  private final long[] duties;
  private final byte[] heads;
  private final VoterSet voters;

  /**
   * @param votes agreeing in source and target, at most one for each duty, never none
   */
  VoteClass(List<AttestationData> votes, VoterSet voters) {
    AttestationData any = votes.getFirst();
    // The checkpoints of one object each: those of all votes together would outweigh the voters.
    this.vote = votes.size() == 1 ? Vote.of(any) : new Vote(any.source(), any.target(), null);
    this.voters = voters;
    this.duties = new long[votes.size()];
    this.heads = new byte[votes.size() * Root.LENGTH];
    int place = 0;
    for (AttestationData one : votes.stream().sorted(BY_DUTY).toList()) {
      duties[place] = duty(one);
      one.beaconBlockRoot().copyTo(heads, place++ * Root.LENGTH);
    }
  }

  private VoteClass(Vote vote, long[] duties, byte[] heads, VoterSet voters) {
    this.vote = vote;
    this.duties = duties;
    this.heads = heads;
    this.voters = voters;
  }

  void write(DataOutput out) throws IOException {
    write(out, vote.source());
    write(out, vote.target());
    out.writeInt(duties.length);
    for (long duty : duties) {
      out.writeLong(duty);
    }
    out.write(heads);
    voters.write(out);
  }

  private static void write(DataOutput out, Checkpoint checkpoint) throws IOException {
    out.writeLong(checkpoint.epoch().value());
    out.write(checkpoint.root().toBytes());
  }

  /** What {@link #write} wrote. */
  static VoteClass read(DataInput in) throws IOException {
    Checkpoint source = checkpoint(in);
    Checkpoint target = checkpoint(in);
    long[] duties = new long[in.readInt()];
    for (int i = 0; i < duties.length; i++) {
      duties[i] = in.readLong();
    }
    byte[] heads = new byte[duties.length * Root.LENGTH];
    in.readFully(heads);
    AttestationData only =
        duties.length != 1
            ? null
            : new AttestationData(
                new Slot(duties[0] >>> VoteHistory.COMMITTEE_BITS),
                duties[0] & (1 << VoteHistory.COMMITTEE_BITS) - 1,
                Root.of(heads),
                source,
                target);
    return new VoteClass(new Vote(source, target, only), duties, heads, VoterSet.read(in));
  }

  private static Checkpoint checkpoint(DataInput in) throws IOException {
    Epoch epoch = new Epoch(in.readLong());
    byte[] root = new byte[Root.LENGTH];
    in.readFully(root);
    return new Checkpoint(epoch, Root.of(root));
  }

  /** One number for the slot and the committee, which {@link VoteHistory} keeps within bounds. */
  static long duty(AttestationData data) {
    return data.slot().value() << VoteHistory.COMMITTEE_BITS | data.index();
  }

  /** What is known of each of its votes. */
  Vote vote() {
    return vote;
  }

  boolean has(int validator) {
    return voters.contains(validator);
  }

  /** Whether this is what its voters with that duty said. */
  boolean includes(AttestationData data) {
    int place = Arrays.binarySearch(duties, duty(data));
    return place >= 0
        && data.source().equals(vote.source())
        && data.target().equals(vote.target())
        && data.beaconBlockRoot().matches(heads, place * Root.LENGTH);
  }

  /** What the voters and votes take, without the objects around them. */
  long bytes() {
    return voters.bytes() + heads.length + (long) Long.BYTES * duties.length;
  }
}
