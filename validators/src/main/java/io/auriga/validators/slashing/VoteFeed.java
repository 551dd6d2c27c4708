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
import io.auriga.validators.accounting.CommitteeShelf;
import java.util.List;

/**
 * Brings to the watch what nodes announce and what the follower commits, also blocks that are
 * undone later. It only hands over: nothing is decided on a node's or the follower's thread.
 */
public final class VoteFeed implements FollowerListener, AutoCloseable {
  private final ChainSpec spec;
  private final SlashingWatch watch;
  private final AggregateReader aggregates;

  /**
   * @param states tell, once an epoch, who sits in its committees
   * @param shelf has them where duties are counted, and then no node is asked
   */
  public VoteFeed(
      ChainSpec spec,
      SlotClock clock,
      BeaconStates states,
      CommitteeShelf shelf,
      SlashingWatch watch) {
    this.spec = spec;
    this.watch = watch;
    this.aggregates = new AggregateReader(spec, clock, states, shelf, watch);
  }

  public void start() {
    aggregates.start();
  }

  /**
   * Takes an announcement of any node; of a topic that says nothing of votes, none.
   *
   * @param node which announced it
   */
  public void announced(BeaconEvent event, String node) {
    switch (event) {
      case BeaconEvent.SingleAttestation(var attester, var data) ->
          watch.see(new Sighting.Voted(data, indices(List.of(attester)), node));
      case BeaconEvent.Attestation(var data, var bits, var committees) ->
          aggregates.aggregate(data, bits, committees, node);
      case BeaconEvent.ProposerSlashing(var proposer, var slot) ->
          watch.see(new Sighting.Accused(List.of(proposer), false, slot));
      case BeaconEvent.AttesterSlashing(var offenders, var first, var second) ->
          slashing(watch, offenders, first, second, "a slashing announced by " + node);
      default -> {}
    }
  }

  /** Both votes of the offenders, and that others accuse them. */
  static void slashing(
      SightingSink watch,
      List<ValidatorIndex> offenders,
      AttestationData first,
      AttestationData second,
      String where) {
    int[] voters = indices(offenders);
    watch.see(new Sighting.Voted(first, voters, where));
    watch.see(new Sighting.Voted(second, voters, where));
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
    update
        .finality()
        .ifPresent(finality -> aggregates.finalized(spec.startSlotOf(finality.finalizedEpoch())));
    for (ChainBlock block : update.applied()) {
      watch.see(
          new Sighting.Proposed(block.view().slot(), block.view().proposerIndex(), block.root()));
      aggregates.block(block.view(), block.root());
    }
  }

  @Override
  public void close() {
    aggregates.close();
  }
}
