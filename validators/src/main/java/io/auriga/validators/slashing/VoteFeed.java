package io.auriga.validators.slashing;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import java.util.List;

/**
 * Brings to the watch what nodes announce and what the follower commits, also blocks that are
 * undone later. It only hands over: nothing is decided on a node's or the follower's thread.
 */
public final class VoteFeed implements FollowerListener, AutoCloseable {
  private final SlashingWatch watch;
  private final AggregateReader aggregates;

  /**
   * @param states tell, once an epoch, who sits in its committees
   */
  public VoteFeed(ChainSpec spec, SlotClock clock, BeaconStates states, SlashingWatch watch) {
    this.watch = watch;
    this.aggregates = new AggregateReader(spec, clock, states, watch);
  }

  public void start() {
    aggregates.start();
  }

  /** Takes an announcement of any node; of a topic that says nothing of votes, none. */
  public void announced(BeaconEvent event) {
    switch (event) {
      case BeaconEvent.SingleAttestation(var attester, var data) ->
          watch.see(new Sighting.Voted(data, indices(List.of(attester))));
      case BeaconEvent.Attestation(var data, var bits, var committees) ->
          aggregates.aggregate(data, bits, committees);
      case BeaconEvent.ProposerSlashing(var proposer, var slot) ->
          watch.see(new Sighting.Accused(List.of(proposer), false, slot));
      case BeaconEvent.AttesterSlashing(var offenders, var first, var second) ->
          slashing(watch, offenders, first, second);
      default -> {}
    }
  }

  /** Both votes of the offenders, and that others accuse them. */
  static void slashing(
      SlashingWatch watch,
      List<ValidatorIndex> offenders,
      AttestationData first,
      AttestationData second) {
    int[] voters = indices(offenders);
    watch.see(new Sighting.Voted(first, voters));
    watch.see(new Sighting.Voted(second, voters));
    watch.see(new Sighting.Accused(offenders, true, second.slot()));
  }

  /** Those that a network could have; the watch counts the others as ignored. */
  private static int[] indices(List<ValidatorIndex> validators) {
    return validators.stream()
        .mapToInt(one -> Math.clamp(one.value(), -1, Integer.MAX_VALUE))
        .toArray();
  }

  @Override
  public void committed(ChainUpdate update) {
    if (!update.undone().isEmpty()) {
      aggregates.reorg();
    }
    for (ChainBlock block : update.applied()) {
      watch.see(
          new Sighting.Proposed(block.view().slot(), block.view().proposerIndex(), block.root()));
      aggregates.block(block.view());
    }
  }

  @Override
  public void close() {
    aggregates.close();
  }
}
