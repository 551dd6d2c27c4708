package io.auriga.app.web;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.runtime.http.HttpServerConfig;
import io.auriga.runtime.http.HttpServerEndpoint;
import io.auriga.runtime.http.RequestObserver;
import io.auriga.runtime.http.Routes;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.record.SlotStore;
import io.auriga.testkit.sweep.SimulatedStates;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.RecentDuties;
import io.auriga.validators.Upcoming;
import io.auriga.validators.rewards.RewardKeeper;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.Watched;
import io.auriga.withdrawals.PaidQueries;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.prediction.PredictionMetrics;
import io.auriga.withdrawals.prediction.PredictionWatch;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The surfaces over a {@link SampleChain}, on a real socket, with a status that a test sets. */
final class SampleSurface implements AutoCloseable, PlatformStatus {
  final SampleChain chain;
  final List<NodeSnapshot> nodes = new ArrayList<>();
  final List<ReadinessCheck> checks = new ArrayList<>();
  final Map<BlsPublicKey, ValidatorIndex> keys = new ConcurrentHashMap<>();
  final Routes routes = new Routes();
  volatile FollowerSnapshot.State state = FollowerSnapshot.State.FOLLOWING;
  volatile Optional<Problem> problem = Optional.empty();
  volatile long lag;
  volatile Watched watched = Watched.NOBODY;
  volatile SlashingView slashing = SampleSlashings.OFF;
  final RecentDuties recent = new RecentDuties();
  volatile Optional<Upcoming> upcoming = Optional.empty();
  volatile RewardKeeper.Status rewards = RewardKeeper.Status.NOTHING;

  final SloKeeper slo;
  final SlotStore slots;
  private final WebSurface surface;
  private HttpServerEndpoint endpoint;

  SampleSurface(SampleChain chain, Optional<ReplayControl> replay) {
    this(chain, replay, 0);
  }

  SampleSurface(SampleChain chain, Optional<ReplayControl> replay, int port) {
    this.chain = chain;
    slo = new SampleDuties(chain.store(), chain.clock().time()).keeper();
    slots = new SlotStore(chain.store());
    surface =
        new WebSurface(
            new WebInputs(
                "mainnet",
                SampleChain.SPEC,
                chain.clock(),
                chain.queries(),
                chain.replays(),
                new KindQueries(chain.store()),
                new ReconcileQueries(chain.store()),
                new PaidQueries(chain.store()),
                key -> Optional.ofNullable(keys.get(key)),
                new PredictionWatch(
                    new Predictor(
                        chain.store(),
                        new SimulatedStates(10_000),
                        SampleChain.SPEC,
                        chain.clock().time()),
                    PredictionWatch.Watched.NOBODY,
                    new PredictionMetrics(new Metrics(new PrometheusRegistry()))),
                this::watch,
                slo,
                () -> slashing,
                new Rewards(new RewardStore(chain.store()), () -> rewards),
                new Duties(recent, () -> upcoming),
                slots,
                () -> SampleChain.GROUPS,
                this,
                new Metrics(new PrometheusRegistry()),
                List.of(() -> checks.forEach(ReadinessCheck::require)),
                replay,
                "0.1.0"));
    surface.register(routes);
    endpoint = endpoint(port);
    chain.tell(surface.listener());
    surface.start();
    endpoint.start();
  }

  private HttpServerEndpoint endpoint(int port) {
    return new HttpServerEndpoint(
        HttpServerConfig.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
        routes,
        RequestObserver.NONE);
  }

  private WatchKeeper.Status watch() {
    return new WatchKeeper.Status(
        WatchList.NONE, watched, chain.clock().now(), Optional.empty(), problem, Optional.empty());
  }

  /** Goes away as a process that ends does. */
  void stop() {
    endpoint.close();
  }

  /** Comes back at the same address. */
  void serveAgain(int port) {
    endpoint = endpoint(port);
    endpoint.start();
  }

  URI uri() {
    return endpoint.uri();
  }

  @Override
  public FollowerSnapshot follower() {
    Optional<BlockRef> head = chain.head().map(ChainBlock::ref);
    return new FollowerSnapshot(
        state,
        head,
        head.map(ref -> new BlockRef(ref.slot().plus(lag), ref.root())),
        chain.clock().currentSlot(),
        problem,
        chain.blocks().size(),
        0,
        0,
        chain.clock().now());
  }

  @Override
  public List<NodeSnapshot> nodes() {
    return List.copyOf(nodes);
  }

  /** Tells the surface that the state was changed. */
  void stateChanged() {
    surface.listener().stateChanged(follower());
  }

  WebSurface surface() {
    return surface;
  }

  @Override
  public void close() {
    surface.close();
    endpoint.close();
    chain.close();
  }
}
