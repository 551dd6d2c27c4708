package io.auriga.clients.consensus;

import io.auriga.clients.Failover;
import io.auriga.clients.Subscription;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event streams of several nodes, of which one at a time is heard: two nodes that disagree must
 * not look like one that reorganises without end. Heard is the first in order that is connected and
 * not behind the others; a change of the node heard is delivered as a new connection, so that the
 * follower reads what it may have missed. The node heard is also asked first.
 *
 * <p>The streams' threads share the state below under one lock, which is held while an event is
 * delivered, so that events stay one at a time.
 */
final class FailoverEvents implements Subscription {
  /** A head three slots behind another node's is no longer a matter of propagation. */
  private static final long STALE_SLOTS = 3;

  private static final int NOBODY = -1;

  private final Failover<BeaconNode> failover;
  private final Set<Topic> topics;
  private final Consumer<BeaconEvent> listener;
  private final List<Subscription> streams = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final BeaconEvent.@Nullable Connected[] connections;
  private final Slot[] heads;
  private int heard = NOBODY;
  private volatile boolean closed;

  FailoverEvents(Failover<BeaconNode> failover, Set<Topic> topics, Consumer<BeaconEvent> listener) {
    this.failover = failover;
    this.topics = Set.copyOf(topics);
    this.listener = listener;
    this.connections = new BeaconEvent.@Nullable Connected[failover.nodes().size()];
    this.heads = new Slot[failover.nodes().size()];
    Arrays.fill(heads, new Slot(0));
  }

  FailoverEvents start() {
    for (int i = 0; i < failover.nodes().size(); i++) {
      int position = i;
      streams.add(failover.nodes().get(i).events(topics, event -> event(position, event)));
    }
    return this;
  }

  private void event(int position, BeaconEvent event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      boolean wasHeard = heard == position;
      switch (event) {
        case BeaconEvent.Connected connected -> {
          connections[position] = connected;
          // Not behind until it has had the chance to announce something.
          heads[position] = later(heads[position], newestHead());
        }
        case BeaconEvent.Disconnected _ -> {
          connections[position] = null;
          // What it said last must not make those that are left look late for ever.
          heads[position] = new Slot(0);
        }
        case BeaconEvent.Head head -> heads[position] = later(heads[position], head.slot());
        case BeaconEvent.Block _,
            BeaconEvent.FinalizedCheckpoint _,
            BeaconEvent.ChainReorg _,
            BeaconEvent.Attestation _,
            BeaconEvent.SingleAttestation _,
            BeaconEvent.ProposerSlashing _,
            BeaconEvent.AttesterSlashing _,
            BeaconEvent.BlockGossip _,
            BeaconEvent.PayloadAttributes _,
            BeaconEvent.DataSidecar _ -> {}
      }
      boolean announced = choose();
      if (announced && event instanceof BeaconEvent.Connected) {
        return;
      }
      boolean nobodyLeft = heard == NOBODY && wasHeard;
      if (heard == position || nobodyLeft) {
        listener.accept(event);
      }
    } finally {
      lock.unlock();
    }
  }

  private static Slot later(Slot one, Slot other) {
    return one.isAfter(other) ? one : other;
  }

  private Slot newestHead() {
    return Arrays.stream(heads).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** Decides whom to hear; whether a connection was announced because that changed. */
  private boolean choose() {
    int best = NOBODY;
    Slot newest = newestHead();
    for (int i = connections.length - 1; i >= 0; i--) {
      long behind = newest.value() - heads[i].value();
      boolean stale = Long.compareUnsigned(behind, STALE_SLOTS) >= 0;
      if (connections[i] != null && !stale) {
        best = i;
      }
    }
    if (best == heard) {
      return false;
    }
    heard = best;
    if (best == NOBODY) {
      return false;
    }
    failover.prefer(best);
    BeaconEvent.Connected connection = connections[best];
    if (connection != null) {
      listener.accept(connection);
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    streams.forEach(Subscription::close);
  }
}
