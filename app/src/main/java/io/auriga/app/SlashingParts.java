package io.auriga.app;

import io.auriga.app.config.SlashingConfig;
import io.auriga.app.config.SlashingConfig.StopConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Topic;
import io.auriga.runtime.config.SecretFile;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.EpochBook;
import io.auriga.validators.slashing.LocalStop;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SlashingMetrics;
import io.auriga.validators.slashing.SlashingWatch;
import io.auriga.validators.slashing.StopAction;
import io.auriga.validators.slashing.StopCommand;
import io.auriga.validators.slashing.StopKeymanager;
import io.auriga.validators.slashing.StopWebhook;
import io.auriga.validators.slashing.VoteFeed;
import io.auriga.validators.slashing.VoteHistory;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The slashing watch, wired: the votes that every node announces and the follower's blocks in,
 * offences and stops out.
 */
final class SlashingParts implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final List<BeaconNode> beacons;
  private final SlashingWatch watch;
  private final VoteFeed feed;
  private final LocalStop stop;
  private final List<Subscription> subscriptions = new ArrayList<>();

  /**
   * @param watched who is watched now
   */
  SlashingParts(
      SlashingConfig config,
      ChainSpec spec,
      SlotClock clock,
      Store store,
      List<BeaconNode> beacons,
      BeaconStates states,
      Supplier<Watched> watched,
      Metrics registry) {
    SlashingMetrics metrics = new SlashingMetrics(registry);
    boolean everybody = config.scope() == SlashingConfig.Scope.NETWORK;
    EpochBook epochs = new EpochBook(store, everybody, config.historyEpochs());
    VoteHistory votes = new VoteHistory(spec.slotsPerEpoch(), config.historyEpochs(), epochs);
    epochs.restore(votes);
    this.beacons = beacons;
    this.stop =
        new LocalStop(
            store, actions(config.stop(), watched), config.stop().armed(), metrics, clock.time());
    this.watch =
        new SlashingWatch(
            spec,
            clock,
            votes,
            validator -> watched.get().find(new ValidatorIndex(validator)).isPresent(),
            everybody,
            new OffenceBook(store),
            metrics,
            offence -> stop.stop(offence.validator(), offence.summary()));
    this.feed = new VoteFeed(spec, clock, states, watch);
  }

  private static List<StopAction> actions(StopConfig config, Supplier<Watched> watched) {
    List<StopAction> actions = new ArrayList<>();
    // The surest first: a client without the key signs nothing more.
    config
        .keymanager()
        .ifPresent(
            address ->
                actions.add(
                    new StopKeymanager(
                        address,
                        () -> config.token().map(file -> SecretFile.read(file).reveal()).orElse(""),
                        config.histories(),
                        STOP_PATIENCE,
                        validator -> watched.get().find(validator).map(WatchedValidator::key))));
    config.command().ifPresent(program -> actions.add(new StopCommand(program, STOP_PATIENCE)));
    config.webhook().ifPresent(address -> actions.add(new StopWebhook(address, STOP_PATIENCE)));
    return actions;
  }

  FollowerListener listener() {
    return feed;
  }

  /** Begins to listen to every node by itself: each hears another part of the network. */
  void start() {
    stop.start();
    watch.start();
    feed.start();
    for (BeaconNode beacon : beacons) {
      subscriptions.add(beacon.events(Topic.VOTES, feed::announced));
    }
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    feed.close();
    watch.close();
    stop.close();
  }
}
