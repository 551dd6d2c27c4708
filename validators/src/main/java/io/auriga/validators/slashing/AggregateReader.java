package io.auriga.validators.slashing;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.AttesterSlashing;
import io.auriga.crypto.ssz.OperationsView;
import io.auriga.crypto.ssz.ProposerSlashing;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.Background;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.accounting.CommitteeShelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who voted in aggregates, of blocks and of announcements, and tells the watch; on a
 * thread of its own, because a node is asked once an epoch who sits in its committees.
 *
 * <p><b>Whose committees.</b> Who sits in an epoch's committees was decided by the blocks before
 * the epoch before it, so another branch may have others. Votes in a block are read by the
 * committees of that block's branch, announced ones by those of the branch of their target, however
 * deep the reorg between the two was; of a branch of which no block was followed, nothing is read.
 */
final class AggregateReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AggregateReader.class);

  /** Blocks and announced aggregates that wait for committees. */
  private static final int WAITING_MAX = 1 << 13;

  /** Blocks among them, at a hundred kilobytes each. */
  private static final int BLOCKS_MAX = 128;

  /** Announced before the block that they are for; that one comes at once, or never. */
  private static final int EARLY_MAX = 1 << 12;

  /** What waits. */
  private sealed interface Work {
    record Block(SignedBlockView view, Root root) implements Work {}

    record Aggregate(AttestationData data, String bits, Optional<String> committees, String where)
        implements Work {}
  }

  private final SlotClock clock;
  private final BranchCommittees committees;
  private final SightingSink watch;
  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final List<Work.Aggregate> early = new ArrayList<>();
  private final AtomicInteger blocks = new AtomicInteger();
  private final Background background = new Background("auriga-validators-aggregates", this::run);
  private volatile boolean closed;

  AggregateReader(
      ChainSpec spec,
      SlotClock clock,
      BeaconStates states,
      CommitteeShelf shelf,
      SightingSink watch) {
    this.clock = clock;
    this.committees = new BranchCommittees(spec, clock, states, shelf);
    this.watch = watch;
  }

  void start() {
    background.start();
  }

  /** Says that the blocks up to a slot are final. */
  void finalized(Slot slot) {
    committees.finalized(slot);
  }

  void block(SignedBlockView view, Root root) {
    if (blocks.incrementAndGet() > BLOCKS_MAX || !waiting.offer(new Work.Block(view, root))) {
      blocks.decrementAndGet();
      watch.unread(view.body().field("attestations").count());
    }
  }

  void aggregate(AttestationData data, String bits, Optional<String> named, String where) {
    if (!waiting.offer(new Work.Aggregate(data, bits, named, where))) {
      watch.unread(1);
    }
  }

  private void run() {
    while (!closed) {
      try {
        Work work = waiting.poll(1, TimeUnit.SECONDS);
        if (work != null) {
          read(work);
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failure) {
        watch.unread(1);
        LOG.error("An aggregate could not be read", failure);
      }
    }
  }

  /** Reads what waits, in the caller's thread. */
  void readAll() {
    for (Work work = waiting.poll(); work != null; work = waiting.poll()) {
      read(work);
    }
  }

  private void read(Work work) {
    switch (work) {
      case Work.Block(var view, var root) -> {
        blocks.decrementAndGet();
        committees.follow(
            root, new Branches.Block(view.slot(), view.parentRoot(), view.stateRoot()));
        block(view.operations(), root, "block " + root + " of slot " + view.slot());
        readEarly();
      }
      case Work.Aggregate aggregate -> {
        if (committees.knows(aggregate.data().target().root())) {
          aggregate(aggregate);
        } else if (early.size() < EARLY_MAX) {
          early.add(aggregate);
        } else {
          watch.unread(1);
        }
      }
    }
  }

  /** Those whose block has come; the others wait for two slots. */
  private void readEarly() {
    List<Work.Aggregate> all = List.copyOf(early);
    early.clear();
    long now = clock.currentSlot().value();
    for (Work.Aggregate one : all) {
      if (committees.knows(one.data().target().root())) {
        aggregate(one);
      } else if (one.data().slot().value() + 2 >= now && one.data().slot().value() <= now + 1) {
        early.add(one);
      } else {
        watch.unread(1);
      }
    }
  }

  private void aggregate(Work.Aggregate aggregate) {
    try {
      vote(
          aggregate.data(),
          Hex.parse(aggregate.bits()),
          aggregate.committees().map(Hex::parse).orElse(null),
          aggregate.data().target().root(),
          aggregate.where());
    } catch (IllegalArgumentException malformed) {
      watch.unread(1);
    }
  }

  private void block(OperationsView operations, Root root, String where) {
    for (ProposerSlashing slashing : operations.proposerSlashings()) {
      Slot slot = slashing.first().slot();
      ValidatorIndex proposer = slashing.first().proposerIndex();
      watch.see(new Sighting.Proposed(slot, proposer, slashing.firstRoot()));
      watch.see(new Sighting.Proposed(slot, proposer, slashing.secondRoot()));
      watch.see(new Sighting.Accused(List.of(proposer), false, slot));
    }
    for (AttesterSlashing slashing : operations.attesterSlashings()) {
      VoteFeed.slashing(
          watch,
          LongStream.of(slashing.offenders()).mapToObj(ValidatorIndex::new).toList(),
          slashing.first().data(),
          slashing.second().data(),
          "a slashing in " + where);
    }
    for (AttestationView attestation : operations.attestations()) {
      vote(
          attestation.data(),
          attestation.aggregationBits(),
          attestation.namesCommittees() ? attestation.committeeBits() : null,
          root,
          where);
    }
  }

  /**
   * @param branch a block of the branch whose committees voted
   */
  private void vote(
      AttestationData data, byte[] bits, byte @Nullable [] named, Root branch, String where) {
    Optional<int[]> voters =
        committees
            .of(data.target().epoch(), branch)
            .flatMap(epoch -> epoch.voters(data, bits, named));
    if (voters.isPresent()) {
      watch.see(new Sighting.Voted(data, voters.get(), where));
    } else {
      watch.unread(1);
    }
  }

  @Override
  public void close() {
    closed = true;
    background.close();
  }
}
