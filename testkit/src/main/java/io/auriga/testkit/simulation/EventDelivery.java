package io.auriga.testkit.simulation;

import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.Topic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The event stream of a simulated consensus client: what happened, less well the more trouble. */
final class EventDelivery {
  private final String node;
  private final SimulatedChain chain;
  private final InstantSource time;
  private final Trouble trouble;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private int delivered;
  private EventFaults faults = EventFaults.NONE;

  private record Listener(Set<Topic> topics, Consumer<BeaconEvent> events) {}

  EventDelivery(String node, SimulatedChain chain, InstantSource time, Trouble trouble) {
    this.node = node;
    this.chain = chain;
    this.time = time;
    this.trouble = trouble;
    this.delivered = chain.timeline().countUntil(time.instant());
  }

  Subscription subscribe(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    Listener added = new Listener(Set.copyOf(topics), listener);
    listeners.add(added);
    listener.accept(new BeaconEvent.Connected(node, topics));
    return () -> listeners.remove(added);
  }

  EventFaults faults() {
    return faults;
  }

  void deliver() {
    int due = chain.timeline().countUntil(time.instant());
    List<BeaconEvent> happened = new ArrayList<>();
    for (; delivered < due; delivered++) {
      Optional<BeaconEvent> event = chain.announcements().get(delivered);
      boolean lost = trouble.happens(trouble.plan().events().lost(), "lost", delivered);
      if (event.isPresent() && lost) {
        faults = faults.plus(1, 0, 0);
      } else if (event.isPresent()) {
        happened.add(event.get());
        if (trouble.happens(trouble.plan().events().repeated(), "repeated", delivered)) {
          happened.add(event.get());
          faults = faults.plus(0, 1, 0);
        }
      }
    }
    for (int i = 0; i + 1 < happened.size(); i++) {
      if (trouble.happens(trouble.plan().events().swapped(), "swapped", i)) {
        Collections.swap(happened, i, i + 1);
        faults = faults.plus(0, 0, 1);
      }
    }
    if (trouble.happens(trouble.plan().events().cut(), "cut", node)) {
      faults = faults.plus(happened.size(), 0, 0);
      listeners.forEach(
          listener -> {
            listener.events().accept(new BeaconEvent.Disconnected(node, "simulated cut"));
            listener.events().accept(new BeaconEvent.Connected(node, listener.topics()));
          });
      return;
    }
    for (BeaconEvent event : happened) {
      for (Listener listener : listeners) {
        if (listener.topics().contains(topicOf(event))) {
          listener.events().accept(event);
        }
      }
    }
  }

  private static Topic topicOf(BeaconEvent event) {
    return switch (event) {
      case BeaconEvent.Head _ -> Topic.HEAD;
      case BeaconEvent.Block _ -> Topic.BLOCK;
      case BeaconEvent.FinalizedCheckpoint _ -> Topic.FINALIZED_CHECKPOINT;
      case BeaconEvent.ChainReorg _ -> Topic.CHAIN_REORG;
      case BeaconEvent.Attestation _ -> Topic.ATTESTATION;
      case BeaconEvent.SingleAttestation _ -> Topic.SINGLE_ATTESTATION;
      case BeaconEvent.ProposerSlashing _ -> Topic.PROPOSER_SLASHING;
      case BeaconEvent.AttesterSlashing _ -> Topic.ATTESTER_SLASHING;
      case BeaconEvent.BlockGossip _ -> Topic.BLOCK_GOSSIP;
      case BeaconEvent.PayloadAttributes _ -> Topic.PAYLOAD_ATTRIBUTES;
      case BeaconEvent.DataSidecar _ -> Topic.DATA_COLUMN_SIDECAR;
      case BeaconEvent.Connected _, BeaconEvent.Disconnected _ ->
          throw new IllegalStateException("not of a chain: " + event);
    };
  }
}
