package io.auriga.app;

import io.auriga.app.config.SlashingConfig;
import io.auriga.app.config.SlashingConfig.StopConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Topic;
import io.auriga.crypto.slashing.SigningRoots;
import io.auriga.runtime.config.SecretFile;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.SlotClock;
import io.auriga.validators.accounting.CommitteeShelf;
import io.auriga.validators.slashing.DoppelgangerWatch;
import io.auriga.validators.slashing.EpochBook;
import io.auriga.validators.slashing.LocalStop;
import io.auriga.validators.slashing.OwnValidators;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.SlashingMetrics;
import io.auriga.validators.slashing.SlashingWatch;
import io.auriga.validators.slashing.StopAction;
import io.auriga.validators.slashing.StopCommand;
import io.auriga.validators.slashing.StopKeymanager;
import io.auriga.validators.slashing.StopWebhook;
import io.auriga.validators.slashing.VoteFeed;
import io.auriga.validators.slashing.VoteHistory;
import io.auriga.validators.slashing.WatchState;
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
  private final ClientFiles clients;
  private final LocalStop stop;
  private final List<Subscription> subscriptions = new ArrayList<>();

  /** Which chain it is, and who listens to it where. */
  record Chain(
      ChainSpec spec, Root root, SlotClock clock, BeaconStates states, CommitteeShelf committees) {}

  /**
   * @param watched who is watched now
   */
  SlashingParts(
      SlashingConfig config,
      Chain chain,
      Store store,
      List<BeaconNode> beacons,
      Supplier<Watched> watched,
      Metrics registry) {
    SlashingMetrics metrics = new SlashingMetrics(registry);
    ChainSpec spec = chain.spec();
    SlotClock clock = chain.clock();
    boolean everybody = config.scope() == SlashingConfig.Scope.NETWORK;
    EpochBook epochs = new EpochBook(store, everybody, config.historyEpochs());
    VoteHistory votes = new VoteHistory(spec.slotsPerEpoch(), config.historyEpochs(), epochs);
    epochs.restore(votes);
    this.beacons = beacons;
    this.stop =
        new LocalStop(
            store, actions(config.stop(), watched), config.stop().armed(), metrics, clock.time());
    DoppelgangerWatch doppelgangers =
        new DoppelgangerWatch(
            spec,
            clock,
            new SigningRoots(spec.forks(), chain.root()),
            watched,
            votes,
            store,
            metrics,
            found -> {
              if (config.stop().doppelgangers()) {
                stop.stop(found.validator(), found.summary());
              }
            });
    this.watch =
        new SlashingWatch(
            spec,
            clock,
            votes,
            new WatchedIndices(watched),
            everybody,
            SlashingWatch.Books.of(store),
            metrics,
            OwnValidators.of(
                doppelgangers, offence -> stop.stop(offence.validator(), offence.summary())));
    this.feed = new VoteFeed(spec, clock, chain.states(), chain.committees(), watch);
    this.clients =
        new ClientFiles(
            config.clients(), spec, clock, chain.root(), new SigningRecords(store), metrics);
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

  WatchState state() {
    return watch.state();
  }

  FollowerListener listener() {
    return feed;
  }

  /** Begins to listen to every node by itself: each hears another part of the network. */
  void start() {
    stop.start();
    watch.start();
    feed.start();
    clients.start();
    for (BeaconNode beacon : beacons) {
      subscriptions.add(beacon.events(Topic.VOTES, event -> feed.announced(event, beacon.name())));
    }
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    clients.close();
    feed.close();
    watch.close();
    stop.close();
  }
}
