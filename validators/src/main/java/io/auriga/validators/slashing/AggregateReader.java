package io.auriga.validators.slashing;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.AttesterSlashing;
import io.auriga.crypto.ssz.OperationsView;
import io.auriga.crypto.ssz.ProposerSlashing;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.Background;
import io.auriga.types.AttestationData;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Committees are those of the canonical chain. After a reorg they are asked for anew; they could
 * differ only if it reached back more than an epoch.
 */
final class AggregateReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AggregateReader.class);

  /** Blocks and announced aggregates that wait for committees. */
  private static final int WAITING_MAX = 1 << 13;

  /** Blocks among them, at a hundred kilobytes each. */
  private static final int BLOCKS_MAX = 128;

  /** Blocks carry votes of their epoch and the one before, and catching up goes through many. */
  private static final int EPOCHS_MAX = 4;

  /** What waits. */
  private sealed interface Work {
    record Block(SignedBlockView view) implements Work {}

    record Aggregate(AttestationData data, String bits, Optional<String> committees)
        implements Work {}

    record Reorg() implements Work {}
  }

  private final ChainSpec spec;
  private final SlotClock clock;
  private final BeaconStates states;
  private final SlashingWatch watch;
  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Map<Epoch, EpochCommittees> committees = new LinkedHashMap<>();
  private final Map<Epoch, Slot> failed = new LinkedHashMap<>();
  private final AtomicInteger blocks = new AtomicInteger();
  private final Background background = new Background("auriga-validators-aggregates", this::run);
  private volatile boolean closed;

  AggregateReader(ChainSpec spec, SlotClock clock, BeaconStates states, SlashingWatch watch) {
    this.spec = spec;
    this.clock = clock;
    this.states = states;
    this.watch = watch;
  }

  void start() {
    background.start();
  }

  void block(SignedBlockView view) {
    if (blocks.incrementAndGet() > BLOCKS_MAX || !waiting.offer(new Work.Block(view))) {
      blocks.decrementAndGet();
      watch.unread(view.body().field("attestations").count());
    }
  }

  void aggregate(AttestationData data, String bits, Optional<String> named) {
    offer(new Work.Aggregate(data, bits, named));
  }

  void reorg() {
    offer(new Work.Reorg());
  }

  private void offer(Work work) {
    if (!waiting.offer(work)) {
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
      case Work.Block(var view) -> {
        blocks.decrementAndGet();
        block(view.operations());
      }
      case Work.Aggregate(var data, var bits, var named) -> {
        try {
          vote(data, Hex.parse(bits), named.map(Hex::parse).orElse(null));
        } catch (IllegalArgumentException malformed) {
          watch.unread(1);
        }
      }
      case Work.Reorg() -> {
        committees.clear();
        failed.clear();
      }
    }
  }

  private void block(OperationsView operations) {
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
          slashing.second().data());
    }
    for (AttestationView attestation : operations.attestations()) {
      vote(
          attestation.data(),
          attestation.aggregationBits(),
          attestation.namesCommittees() ? attestation.committeeBits() : null);
    }
  }

  private void vote(AttestationData data, byte[] bits, byte @Nullable [] named) {
    Optional<int[]> voters =
        committees(data.target().epoch()).flatMap(epoch -> epoch.voters(data, bits, named));
    if (voters.isPresent()) {
      watch.see(new Sighting.Voted(data, voters.get()));
    } else {
      watch.unread(1);
    }
  }

  /** Empty while no node tells them; asked for again a slot later. */
  private Optional<EpochCommittees> committees(Epoch epoch) {
    EpochCommittees known = committees.get(epoch);
    if (known != null) {
      return Optional.of(known);
    }
    Slot now = clock.currentSlot();
    long current = spec.epochOf(now).value();
    // A node computes at most one epoch ahead, and who names a later one makes us ask in vain.
    if (now.equals(failed.get(epoch)) || epoch.value() < 0 || epoch.value() > current + 1) {
      return Optional.empty();
    }
    Optional<EpochCommittees> found = ask(epoch, current);
    if (found.isPresent()) {
      failed.remove(epoch);
      keep(committees, epoch, found.get());
    } else {
      keep(failed, epoch, now);
    }
    return found;
  }

  private static <T> void keep(Map<Epoch, T> map, Epoch epoch, T value) {
    map.put(epoch, value);
    if (map.size() > EPOCHS_MAX) {
      Epoch oldest = map.keySet().iterator().next();
      T _ = map.remove(oldest);
    }
  }

  private Optional<EpochCommittees> ask(Epoch epoch, long current) {
    StateId state =
        epoch.value() + 1 >= current ? StateId.head() : StateId.of(spec.startSlotOf(epoch));
    try {
      return states
          .committees(state, epoch)
          .map(answer -> new EpochCommittees(List.copyOf(answer.data())));
    } catch (AurigaException failure) {
      LOG.atWarn()
          .addKeyValue("epoch", epoch)
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("Committees are not known, so that aggregates cannot be watched for now");
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    background.close();
  }
}
