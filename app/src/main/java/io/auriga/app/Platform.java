package io.auriga.app;

import io.auriga.app.cli.Version;
import io.auriga.app.config.AurigaConfig;
import io.auriga.app.config.SlashingConfig;
import io.auriga.app.web.Duties;
import io.auriga.app.web.NodeSnapshot;
import io.auriga.app.web.PlatformStatus;
import io.auriga.app.web.ReplayControl;
import io.auriga.app.web.Rewards;
import io.auriga.app.web.StoreCheck;
import io.auriga.app.web.WatchedGroups;
import io.auriga.app.web.WebInputs;
import io.auriga.app.web.WebSurface;
import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.clients.ClientError;
import io.auriga.clients.Failover;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.consensus.SharedBeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.Lifecycle;
import io.auriga.runtime.http.HttpServerEndpoint;
import io.auriga.runtime.http.Routes;
import io.auriga.runtime.metrics.HttpMetrics;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.sync.record.SlotStore;
import io.auriga.sync.relay.Relay;
import io.auriga.sync.relay.RelayMetrics;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.DutyWatch;
import io.auriga.validators.RecentDuties;
import io.auriga.validators.Upcoming;
import io.auriga.validators.accounting.CommitteeShelf;
import io.auriga.validators.exporter.Exporter;
import io.auriga.validators.rewards.RewardKeeper;
import io.auriga.validators.rewards.RewardMetrics;
import io.auriga.validators.rewards.RewardSource;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.slo.SloMetrics;
import io.auriga.validators.slo.SloStore;
import io.auriga.validators.watched.StoredValidators;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.validators.watched.WatchMetrics;
import io.auriga.validators.watched.WatchResolver;
import io.auriga.withdrawals.PaidQueries;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalMetrics;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.expected.ReplayFollower;
import io.auriga.withdrawals.expected.ReplayMetrics;
import io.auriga.withdrawals.expected.ReplayRecords;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.prediction.PredictionBook;
import io.auriga.withdrawals.prediction.PredictionMetrics;
import io.auriga.withdrawals.prediction.PredictionWatch;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.reconcile.ReconcileMetrics;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.auriga.withdrawals.reconcile.ReconcileWorker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Auriga, wired together: nodes → follower → ledger → surfaces. Reads as the picture in
 * ARCHITECTURE.md.
 */
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration NODE_RETRY = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  private final Lifecycle lifecycle;
  private final Follower follower;
  private final HttpServerEndpoint endpoint;

  private Platform(Follower follower, HttpServerEndpoint endpoint, Lifecycle lifecycle) {
    this.follower = follower;
    this.endpoint = endpoint;
    this.lifecycle = lifecycle;
  }

  /**
   * Starts everything; what was started is closed again if something cannot start.
   *
   * @param time the clock of the chain: the system's, or a replay's
   * @throws io.auriga.types.AurigaException if the nodes are of different networks or do not answer
   *     in time, or the store or the address cannot be used
   */
  public static Platform start(
      AurigaConfig config, InstantSource time, Optional<ReplayControl> replay)
      throws InterruptedException {
    Lifecycle lifecycle = new Lifecycle(CLOSE_TIME);
    try {
      return assemble(config, time, replay, lifecycle);
    } catch (RuntimeException | InterruptedException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  private static Platform assemble(
      AurigaConfig config, InstantSource time, Optional<ReplayControl> replay, Lifecycle lifecycle)
      throws InterruptedException {
    // A wrong list is told at once, and not only when the nodes have answered.
    var _ = config.watch().read();
    Metrics metrics = new Metrics(new PrometheusRegistry()).withJvm();
    RelayTap relayed = new RelayTap();
    if (config.relay().isWanted()) {
      // First of all: the nodes wait for what it passes, and need nothing else of Auriga.
      lifecycle.open(
          "relay",
          () ->
              Relay.start(
                  config.relay().open(), time, new RelayMetrics(metrics), List.of(relayed)));
    }
    Nodes nodes =
        lifecycle.open(
            "nodes", () -> new Nodes(config.consensus(), config.execution(), config.newHeads()));
    NetworkCheck.Network network = awaitNetwork(nodes, config.nodePatience());
    List<BeaconNode> beacons = nodes.beaconsOf(network);
    List<ExecutionNode> executions = nodes.executionsOf(network);
    // Kinds, replays and reconciling want the same validators of the same blocks.
    BeaconStates states = new SharedBeaconStates(nodes.statesOf(network));
    ChainSpec spec = network.spec();
    SlotClock clock = SlotClock.of(spec, network.genesis(), time);

    Store store =
        lifecycle.open(
            "store", () -> Store.open(config.store(), tables().toArray(Migrations[]::new)));
    store.pinNetwork(network.genesis().validatorsRoot().toHex());
    WithdrawalQueries queries = new WithdrawalQueries(store);
    ReplayRecords replays = new ReplayRecords(store);

    SlotStore slots = new SlotStore(store);
    Optional<SyncParts> sync = Optional.empty();
    if (config.sync().watch()) {
      // A replay's time has a pace of its own.
      LongSupplier nanos = replay.isPresent() ? () -> nanosOf(time) : System::nanoTime;
      SyncParts.Watched all = new SyncParts.Watched(nodes, beacons, executions);
      sync =
          Optional.of(
              lifecycle.open(
                  "watch over slots",
                  () -> new SyncParts(config, spec, clock, nanos, slots, all, metrics)));
    }
    sync.map(SyncParts::relayObserver).ifPresent(relayed::to);
    NodeLooks looks = sync.<NodeLooks>map(parts -> parts).orElse(NodeLooks.NONE);
    NodeWatch watch =
        lifecycle.open(
            "node watch",
            () ->
                new NodeWatch(
                    beacons, executions, spec.slotDuration().dividedBy(2), time, looks, metrics));
    Status status = new Status(watch, clock);
    WatchKeeper watched =
        lifecycle.open(
            "watched validators",
            () ->
                new WatchKeeper(
                    config.watch(),
                    new WatchResolver(new StoredValidators(store)),
                    states,
                    time,
                    config.watch().config().reload()));
    SloKeeper slo =
        new SloKeeper(new SloStore(store), config.objectives(), spec.epochDuration(), time);
    RecentDuties recent = new RecentDuties();
    AtomicReference<Supplier<Optional<Upcoming>>> upcoming = new AtomicReference<>(Optional::empty);
    RewardStore rewardStore = new RewardStore(store);
    Optional<RewardKeeper> rewards =
        rewards(config, lifecycle, spec, nodes.rewardsOf(network), rewardStore, metrics, time);
    PredictionWatch predictions =
        lifecycle.open(
            "predictions",
            () ->
                new PredictionWatch(
                    new Predictor(store, states, spec, time),
                    new PredictionWatch.Watched(
                        () -> config.predictions().watched() ? ids(watched) : List.of(),
                        config.predictions().interval()),
                    new PredictionMetrics(metrics)));
    CommitteeShelf committees = new CommitteeShelf();
    Optional<SlashingParts> slashing =
        slashing(
            config,
            lifecycle,
            new SlashingParts.Chain(
                spec, network.genesis().validatorsRoot(), clock, states, committees),
            store,
            beacons,
            watched,
            metrics);
    WebSurface web =
        lifecycle.open(
            "web",
            () ->
                new WebSurface(
                    new WebInputs(
                        spec.name(),
                        spec,
                        clock,
                        queries,
                        replays,
                        new KindQueries(store),
                        new ReconcileQueries(store),
                        new PaidQueries(store),
                        key -> indexOf(states, key),
                        predictions,
                        watched::status,
                        slo,
                        new SlashingViews(
                            config.slashing(), store, () -> slashing.map(SlashingParts::state)),
                        new Rewards(rewardStore, () -> status(rewards)),
                        new Duties(recent, () -> upcoming.get().get()),
                        slots,
                        () -> WatchedGroups.of(watched.status()),
                        status,
                        metrics,
                        List.of(new StoreCheck(store)),
                        replay,
                        Version.current())));
    WithdrawalMetrics withdrawalMetrics = new WithdrawalMetrics(metrics, queries);
    KindWorker kinds =
        lifecycle.open(
            "kinds",
            () ->
                new KindWorker(
                    store,
                    states,
                    nodes.queriesOf(network),
                    spec,
                    clock,
                    new KindMetrics(metrics, store),
                    config.loadedPause()));
    ReconcileWorker reconcile =
        lifecycle.open(
            "reconcile",
            () ->
                new ReconcileWorker(
                    store,
                    nodes.reconcileOf(
                        network, states, BlockSchemas.of(spec), time, config.traces()),
                    clock,
                    new ReconcileMetrics(metrics, new ReconcileQueries(store)),
                    config.loadedPause()));
    ReplayFollower replayer =
        lifecycle.open(
            "replay of withdrawals",
            () ->
                new ReplayFollower(
                    spec, states, spec.slotDuration(), replays, new ReplayMetrics(metrics), clock));
    Exporter exporter =
        new Exporter(
            metrics,
            new Exporter.Options(
                spec.name(), config.exported().aliases(), config.exported().validators()),
            time);
    DutyWatch duties =
        lifecycle.open(
            "duties",
            () ->
                new DutyWatch(
                    spec,
                    clock,
                    states,
                    nodes.dutiesOf(network),
                    () -> !watched.status().list().isEmpty(),
                    new DutyFeed(watched, slo, exporter, recent, rewards),
                    committees));
    upcoming.set(duties::upcoming);
    Optional<QueueAliases> queues =
        config.exported().aliases()
            ? Optional.of(
                lifecycle.open(
                    "queues",
                    () ->
                        new QueueAliases(states, spec.epochDuration())
                            .register(metrics, spec.name())))
            : Optional.empty();
    List<FollowerListener> told = new ArrayList<>();
    told.add(status);
    ChainMetrics chainMetrics = new ChainMetrics(metrics, clock);
    told.add(config.exported().aliases() ? chainMetrics.withAliases(metrics) : chainMetrics);
    told.add(withdrawalMetrics);
    told.add(new ChainLog());
    told.add(kinds);
    told.add(predictions);
    told.add(duties);
    told.add(reconcile);
    told.add(web.listener());
    slashing.map(SlashingParts::listener).ifPresent(told::add);
    sync.map(SyncParts::listener).ifPresent(told::add);
    if (config.replayWithdrawals()) {
      told.add(replayer);
      replayer.start();
    }
    FollowerListeners listeners = new FollowerListeners(told);
    BlockSource source =
        new BlockSource(beacons, executions, BlockSchemas.of(spec), spec, time, listeners::refused);
    new HedgeMetrics(metrics, source.beaconReads(), source.executionReads());
    Follower follower =
        lifecycle.open(
            "follower",
            () ->
                new Follower(
                    config.follower(),
                    new FailoverBeaconNode(beacons),
                    source,
                    new WithdrawalLedger(store, withdrawalMetrics::gaps),
                    spec,
                    clock,
                    listeners));

    Routes routes = new Routes();
    web.register(routes);
    HttpServerEndpoint endpoint =
        lifecycle.open(
            "http", () -> new HttpServerEndpoint(config.http(), routes, new HttpMetrics(metrics)));
    endpoint.start();
    web.start();
    watch.start();
    watched.start(new WatchMetrics(metrics, watched::watched));
    new SloMetrics(metrics, slo::report);
    duties.start();
    rewards.ifPresent(RewardKeeper::start);
    queues.ifPresent(QueueAliases::start);
    predictions.start();
    follower.start();
    Subscription _ = lifecycle.open("new heads", () -> nodes.newHeads(follower::wake));
    slashing.ifPresent(SlashingParts::start);
    sync.ifPresent(SyncParts::start);
    kinds.start();
    reconcile.start();
    return new Platform(follower, endpoint, lifecycle);
  }

  /** The tables of all features: whoever makes a store makes all of them. */
  public static List<Migrations> tables() {
    return List.of(
        WithdrawalLedger.MIGRATIONS,
        ReplayRecords.MIGRATIONS,
        PredictionBook.MIGRATIONS,
        StoredValidators.MIGRATIONS,
        SloStore.MIGRATIONS,
        RewardStore.MIGRATIONS,
        OffenceBook.MIGRATIONS,
        SlotStore.MIGRATIONS);
  }

  private static Optional<RewardKeeper> rewards(
      AurigaConfig config,
      Lifecycle lifecycle,
      ChainSpec spec,
      Failover<RewardSource> nodes,
      RewardStore store,
      Metrics metrics,
      InstantSource time) {
    if (!config.rewards()) {
      return Optional.empty();
    }
    RewardMetrics told = new RewardMetrics(metrics, config.exported().validators());
    return Optional.of(
        lifecycle.open("rewards", () -> new RewardKeeper(spec, nodes, store, told, time)));
  }

  private static RewardKeeper.Status status(Optional<RewardKeeper> rewards) {
    return rewards.map(RewardKeeper::status).orElse(RewardKeeper.Status.NOTHING);
  }

  private static Optional<SlashingParts> slashing(
      AurigaConfig config,
      Lifecycle lifecycle,
      SlashingParts.Chain chain,
      Store store,
      List<BeaconNode> beacons,
      WatchKeeper watched,
      Metrics metrics) {
    SlashingConfig slashing = config.slashing();
    if (slashing.scope() == SlashingConfig.Scope.OFF) {
      return Optional.empty();
    }
    return Optional.of(
        lifecycle.open(
            "slashing watch",
            () -> new SlashingParts(slashing, chain, store, beacons, watched::watched, metrics)));
  }

  private static long nanosOf(InstantSource time) {
    Instant now = time.instant();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Nodes are often started together with us; a mix of networks is refused at once. */
  private static NetworkCheck.Network awaitNetwork(Nodes nodes, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return NetworkCheck.require(nodes.beacons(), nodes.executions());
      } catch (NodeException failure) {
        if (failure.error() == ClientError.WRONG_NETWORK || System.nanoTime() > deadline) {
          throw failure;
        }
        LOG.atWarn()
            .addKeyValue("code", failure.code())
            .addKeyValue("problem", failure.getMessage())
            .log("Waiting for the nodes");
        Thread.sleep(NODE_RETRY);
      }
    }
  }

  /** Where the dashboard and the API are. */
  public URI uri() {
    return endpoint.uri();
  }

  public FollowerSnapshot follower() {
    return follower.snapshot();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  /** What the surfaces are told of the follower and the nodes. */
  private static final class Status implements PlatformStatus, FollowerListener {
    private final NodeWatch watch;
    private volatile FollowerSnapshot last;

    Status(NodeWatch watch, SlotClock clock) {
      this.watch = watch;
      this.last = FollowerSnapshot.starting(clock);
    }

    @Override
    public void stateChanged(FollowerSnapshot snapshot) {
      last = snapshot;
    }

    @Override
    public FollowerSnapshot follower() {
      return last;
    }

    @Override
    public List<NodeSnapshot> nodes() {
      return watch.snapshots();
    }
  }

  private static List<ValidatorId> ids(WatchKeeper watched) {
    return watched.watched().validators().keySet().stream().map(ValidatorId::of).toList();
  }

  private static Optional<ValidatorIndex> indexOf(BeaconStates states, BlsPublicKey key) {
    return states
        .validators(StateId.head(), List.of(ValidatorId.of(key)))
        .flatMap(answer -> answer.data().stream().findFirst())
        .map(Validator::index);
  }
}
