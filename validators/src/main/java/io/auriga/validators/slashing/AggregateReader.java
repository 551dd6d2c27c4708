package io.auriga.validators.slashing;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.AttestationData;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

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
  private @Nullable Thread thread;
  private volatile boolean closed;

  AggregateReader(ChainSpec spec, SlotClock clock, BeaconStates states, SlashingWatch watch) {
    this.spec = spec;
    this.clock = clock;
    this.states = states;
    this.watch = watch;
  }

  void start() {
    thread = Thread.ofVirtual().name("auriga-validators-aggregates").start(this::run);
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
        proposerSlashings(view.body().field("proposer_slashings"));
        attesterSlashings(view.body().field("attester_slashings"));
        attestations(view.body().field("attestations"));
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

  private void proposerSlashings(SszView slashings) {
    for (int i = 0; i < slashings.count(); i++) {
      SszView first = slashings.element(i).field("signed_header_1").field("message");
      SszView second = slashings.element(i).field("signed_header_2").field("message");
      Slot slot = new Slot(first.uint64("slot"));
      ValidatorIndex proposer = new ValidatorIndex(first.uint64("proposer_index"));
      watch.see(new Sighting.Proposed(slot, proposer, first.hashTreeRoot()));
      watch.see(new Sighting.Proposed(slot, proposer, second.hashTreeRoot()));
      watch.see(new Sighting.Accused(List.of(proposer), false, slot));
    }
  }

  private void attesterSlashings(SszView slashings) {
    for (int i = 0; i < slashings.count(); i++) {
      SszView first = slashings.element(i).field("attestation_1");
      SszView second = slashings.element(i).field("attestation_2");
      Set<ValidatorIndex> offenders = voters(first);
      offenders.retainAll(voters(second));
      VoteFeed.slashing(
          watch, List.copyOf(offenders), data(first.field("data")), data(second.field("data")));
    }
  }

  private static Set<ValidatorIndex> voters(SszView indexed) {
    ByteBuffer indices =
        ByteBuffer.wrap(indexed.field("attesting_indices").toBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    Set<ValidatorIndex> voters = new LinkedHashSet<>();
    while (indices.hasRemaining()) {
      voters.add(new ValidatorIndex(indices.getLong()));
    }
    return voters;
  }

  private void attestations(SszView attestations) {
    for (int i = 0; i < attestations.count(); i++) {
      SszView attestation = attestations.element(i);
      boolean electra = attestation.has("committee_bits");
      vote(
          data(attestation.field("data")),
          attestation.field("aggregation_bits").toBytes(),
          electra ? attestation.field("committee_bits").toBytes() : null);
    }
  }

  private static AttestationData data(SszView data) {
    return new AttestationData(
        new Slot(data.uint64("slot")),
        data.uint64("index"),
        data.root("beacon_block_root"),
        checkpoint(data.field("source")),
        checkpoint(data.field("target")));
  }

  private static Checkpoint checkpoint(SszView checkpoint) {
    return new Checkpoint(new Epoch(checkpoint.uint64("epoch")), checkpoint.root("root"));
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
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        boolean _ = running.join(CLOSE_PATIENCE);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
