package io.auriga.sync.watch;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.crypto.ssz.SszView;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.relay.EngineMethod.Family;
import io.auriga.sync.relay.RelayedCall;
import io.auriga.sync.relay.scan.ForkChoiceFacts;
import io.auriga.sync.relay.scan.PayloadFacts;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.SlotView;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The last slots, a page each. Whoever sees something writes it down in a moment; a slot is handed
 * on to be judged once the chain has gone on and the slot after it is half over, and again if a
 * reorg changes what the chain has there. For any thread: one lock, and nothing waits under it.
 */
final class SlotBook {
  /** Two epochs; a reorg deeper than that is no matter of milliseconds. */
  static final int SLOTS_KEPT = 64;

  /** A chain that does not go on for so long is not waited for. */
  private static final int PATIENCE_SLOTS = 4;

  private static final String BLOBS = "blob_kzg_commitments";

  private static final long SECONDS_MAX = 1L << 40;

  private final SlotClock clock;
  private final List<String> nodes;
  private final Optional<String> relayed;
  private final long syncDistance;
  private final NavigableMap<Long, SlotPage> pages = new TreeMap<>();
  private final long begin;

  /**
   * @param relayed the pair that the relay is within
   * @param begin judged from the slot after this one on: of this one, only a part is seen
   */
  SlotBook(
      SlotClock clock,
      List<String> nodes,
      Optional<String> relayed,
      long syncDistance,
      Slot begin) {
    this.clock = clock;
    this.nodes = List.copyOf(nodes);
    this.relayed = relayed;
    this.syncDistance = syncDistance;
    this.begin = begin.value();
  }

  /** A node announced something. */
  synchronized void announced(String node, BeaconEvent event, Instant at) {
    switch (event) {
      case BeaconEvent.BlockGossip(var slot, var block) -> mark(node, slot, block, Mark.GOSSIP, at);
      case BeaconEvent.Block(var slot, var block, var _) -> mark(node, slot, block, Mark.BLOCK, at);
      case BeaconEvent.Head head -> {
        // As long as its payload is not verified, nobody may vote for it.
        if (!head.optimistic()) {
          mark(node, head.slot(), head.block(), Mark.HEAD, at);
        }
      }
      case BeaconEvent.DataSidecar(var slot, var block) -> mark(node, slot, block, Mark.DATA, at);
      case BeaconEvent.PayloadAttributes(var slot, var parent) -> {
        if (slot.value() != 0) {
          Slot before = new Slot(slot.value() - 1);
          mark(node, before, parent, Mark.PAYLOAD_ATTRIBUTES, at);
        }
      }
      case BeaconEvent.Attestation(var data, var _, var _) -> vote(node, data.slot(), at);
      case BeaconEvent.SingleAttestation(var _, var data) -> vote(node, data.slot(), at);
      case BeaconEvent.FinalizedCheckpoint _,
          BeaconEvent.ChainReorg _,
          BeaconEvent.ProposerSlashing _,
          BeaconEvent.AttesterSlashing _,
          BeaconEvent.Connected _,
          BeaconEvent.Disconnected _ -> {}
    }
  }

  private void mark(String node, Slot slot, Root block, Mark mark, Instant at) {
    page(slot, at).ifPresent(page -> page.mark(node, block, mark, at));
  }

  private void vote(String node, Slot slot, Instant at) {
    page(slot, at).ifPresent(page -> page.vote(node, at));
  }

  /** The relay passed a call. */
  synchronized void relayed(RelayedCall call) {
    if (call.method().family() == Family.NEW_PAYLOAD) {
      Optional<PayloadFacts> payload = call.request().payload();
      Slot slot = payload.flatMap(this::slotOf).orElseGet(() -> clock.slotAt(call.received()));
      page(slot, call.received())
          .ifPresent(
              page -> page.payload(payload.flatMap(PayloadFacts::blockHash)).newPayload(call));
    } else if (call.method().family() == Family.FORK_CHOICE) {
      Optional<BlockHash> head = call.request().forkChoice().flatMap(ForkChoiceFacts::head);
      head.flatMap(this::pageOf).ifPresent(page -> page.payload(head).forkChoice(call));
    }
  }

  private Optional<Slot> slotOf(PayloadFacts payload) {
    return payload.timestamp().isPresent()
            && payload.timestamp().getAsLong() >= 0
            && payload.timestamp().getAsLong() < SECONDS_MAX
        ? Optional.of(clock.slotAt(Instant.ofEpochSecond(payload.timestamp().getAsLong())))
        : Optional.empty();
  }

  private Optional<SlotPage> pageOf(BlockHash payload) {
    return pages.descendingMap().values().stream()
        .filter(page -> page.hasPayload(payload))
        .findFirst();
  }

  /** Somebody looked at a node. */
  synchronized void looked(String node, Instant at, Consumer<Looks> look) {
    page(clock.slotAt(at), at).ifPresent(page -> look.accept(page.looks(node, syncDistance)));
  }

  /** The chain went on. */
  synchronized void chain(ChainUpdate update, Instant now) {
    for (BlockRef block : update.undone()) {
      SlotPage page = pages.get(block.slot().value());
      if (page != null) {
        page.undo(update.undone().size());
      }
    }
    for (ChainBlock block : update.applied()) {
      page(block.view().slot(), now)
          .ifPresent(page -> page.holds(block.root(), block.blockHash(), blobs(block)));
      passOver(block.view().slot().value());
    }
  }

  private static OptionalInt blobs(ChainBlock block) {
    SszView body = block.view().body();
    return OptionalInt.of(body.has(BLOBS) ? body.field(BLOBS).count() : 0);
  }

  /** Between a block and the one before it, the chain has none. */
  private void passOver(long slot) {
    List<SlotPage> between = new ArrayList<>();
    for (SlotPage page : pages.headMap(slot, false).descendingMap().values()) {
      if (page.hasBlock()) {
        between.forEach(SlotPage::passOver);
        return;
      }
      between.add(page);
    }
  }

  /** Those slots that can be judged now, the oldest first; each once, unless it changes. */
  synchronized List<SlotView> due(
      Instant now, Map<String, ClockBound> clocks, Duration uncertainty) {
    long current = clock.slotAt(now).value();
    for (long slot = Math.max(begin + 1, current - SLOTS_KEPT); slot <= current; slot++) {
      page(new Slot(slot), now);
    }
    pages.headMap(current - SLOTS_KEPT, false).clear();
    List<SlotView> views = new ArrayList<>();
    for (SlotPage page : pages.values()) {
      Instant next = clock.startOf(page.slot().next());
      Duration settling = clock.slotDuration().dividedBy(2);
      Duration patience = clock.slotDuration().multipliedBy(PATIENCE_SLOTS);
      boolean due =
          !now.isBefore(next.plus(settling))
              && (page.isSettled() || !now.isBefore(next.plus(patience)));
      if (due && !page.isDecided() && page.slot().value() > begin) {
        views.add(page.view(nodes, relayed, clocks, uncertainty));
      }
    }
    return views;
  }

  /** Empty for a slot that is too far from now to be of interest, or made up. */
  private Optional<SlotPage> page(Slot slot, Instant now) {
    long current = clock.slotAt(now).value();
    long distance = slot.value() - current;
    if (slot.value() < 0 || distance > 1 || distance < -SLOTS_KEPT) {
      return Optional.empty();
    }
    return Optional.of(
        pages.computeIfAbsent(slot.value(), _ -> new SlotPage(slot, clock.startOf(slot))));
  }
}
