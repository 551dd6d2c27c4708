package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.ClientVersions;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkVersion;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One consensus client behind its Beacon API. Blocks are asked for as SSZ; what comes is read by
 * what it says it is. Shared by any number of threads.
 */
public final class HttpBeaconNode implements BeaconNode {
  private static final String JSON = "application/json";
  private static final int STATUS_NOT_FOUND = 404;
  private static final int STATUS_METHOD_NOT_ALLOWED = 405;
  private static final int STATUS_GONE = 410;
  // 2106 in seconds: a genesis beyond it is not one.
  private static final long LATEST_GENESIS = 1L << 32;

  private final HttpEndpoint endpoint;
  private final BeaconNodeOptions options;
  private final RandomGenerator random;
  private final ReentrantLock readerLock = new ReentrantLock();
  private volatile @Nullable BlockReader reader;
  private volatile boolean versionV1;

  public HttpBeaconNode(HttpEndpoint endpoint) {
    this(endpoint, BeaconNodeOptions.DEFAULT, RandomGenerator.getDefault());
  }

  /**
   * @param random for the jitter of pauses between connections
   */
  public HttpBeaconNode(HttpEndpoint endpoint, BeaconNodeOptions options, RandomGenerator random) {
    this.endpoint = endpoint;
    this.options = options;
    this.random = random;
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  /** The address behind it, for checks that need to see whole answers. */
  public HttpEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    return reader("read block " + id.path()).block(id);
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    String asked = "read the header of block " + id.path();
    HttpAnswer answer = get(BeaconRoutes.HEADERS + id.path(), asked);
    if (answer.status() == STATUS_NOT_FOUND) {
      if (id instanceof BlockId.Head) {
        // Where there is no route, another node must be asked.
        throw BlockReader.notReady(endpoint, asked, answer);
      }
      return Optional.empty();
    }
    return Optional.of(
        read(
            answer,
            asked,
            json -> {
              JsonView data = json.at("data");
              JsonView message = data.at("header").at("message");
              return new BlockHeader(
                  data.at("root").as(Root::fromHex),
                  message.at("slot").as(Slot::parseDecimal),
                  message.at("parent_root").as(Root::fromHex),
                  data.at("canonical").truth(),
                  json.flag("execution_optimistic"),
                  json.flag("finalized"));
            }));
  }

  @Override
  public Finality finality() {
    return ask(
        BeaconRoutes.FINALITY,
        "read the finality checkpoints",
        json -> {
          JsonView data = json.at("data");
          return new Finality(
              checkpoint(data.at("previous_justified")),
              checkpoint(data.at("current_justified")),
              checkpoint(data.at("finalized")),
              json.flag("execution_optimistic"));
        });
  }

  private static Checkpoint checkpoint(JsonView json) {
    return new Checkpoint(
        json.at("epoch").as(Epoch::parseDecimal), json.at("root").as(Root::fromHex));
  }

  @Override
  public SyncStatus syncing() {
    return ask(
        BeaconRoutes.SYNCING,
        "read the sync status",
        json -> {
          JsonView data = json.at("data");
          return new SyncStatus(
              data.at("head_slot").as(Slot::parseDecimal),
              data.at("sync_distance").as(UInt64::parseDecimal),
              data.at("is_syncing").truth(),
              data.flag("is_optimistic"),
              data.flag("el_offline"));
        });
  }

  @Override
  public String version() {
    String asked = "read the version";
    if (!versionV1) {
      HttpAnswer answer = get(BeaconRoutes.VERSION_V2, asked);
      if (!isMissingRoute(answer)) {
        return read(answer, asked, HttpBeaconNode::version);
      }
      versionV1 = true;
    }
    return ask(BeaconRoutes.VERSION_V1, asked, HttpBeaconNode::version);
  }

  private static String version(JsonView json) {
    JsonView data = json.at("data");
    Optional<JsonView> node = data.find("beacon_node");
    if (node.isEmpty()) {
      return ClientVersions.shown(data.at("version").text());
    }
    // Version 2 of the route names the execution client, too.
    String name =
        node.get().find("name").or(() -> node.get().find("code")).map(JsonView::text).orElse("");
    return ClientVersions.shown(name + "/" + node.get().at("version").text());
  }

  @Override
  public Genesis genesis() {
    return ask(
        BeaconRoutes.GENESIS,
        "read the genesis",
        json -> {
          JsonView data = json.at("data");
          return new Genesis(
              data.at("genesis_time").as(HttpBeaconNode::time),
              data.at("genesis_validators_root").as(Root::fromHex),
              data.at("genesis_fork_version").as(ForkVersion::fromHex));
        });
  }

  private static Instant time(String seconds) {
    long value = UInt64.parseDecimal(seconds);
    if (Long.compareUnsigned(value, LATEST_GENESIS) > 0) {
      throw new IllegalArgumentException("not a time in seconds: " + seconds);
    }
    return Instant.ofEpochSecond(value);
  }

  @Override
  public ChainSpec spec() {
    String asked = "read the chain's specification";
    return usable(
        asked,
        () -> ask(BeaconRoutes.SPEC, asked, json -> ChainSpec.of(json.at("data").scalars())));
  }

  /** What is made of a specification; one that does not do is the node's failure, not ours. */
  private <T> T usable(String asked, Supplier<T> made) {
    try {
      return made.get();
    } catch (NodeException failed) {
      throw failed;
    } catch (AurigaException unusable) {
      throw endpoint.failure(
          ClientError.MALFORMED, asked, String.valueOf(unusable.getMessage()), unusable);
    }
  }

  @Override
  public DepositContract depositContract() {
    String asked = "read the deposit contract";
    HttpAnswer answer = get(BeaconRoutes.DEPOSIT_CONTRACT, asked);
    if (isMissingRoute(answer)) {
      ChainSpec spec = spec();
      return usable(asked, () -> new DepositContract(spec.chainId(), spec.depositContract()));
    }
    return read(
        answer,
        asked,
        json -> {
          JsonView data = json.at("data");
          return new DepositContract(
              data.at("chain_id").as(UInt64::parseDecimal),
              data.at("address").as(Address::fromHex));
        });
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    return new BeaconEventStream(endpoint, topics, this::silence, options, random, listener)
        .start();
  }

  private Duration silence() {
    return reader("learn the slot length")
        .spec()
        .slotDuration()
        .multipliedBy(options.silentSlots());
  }

  /** The topics that this node does not refuse, each tried alone. */
  public Set<Topic> supportedTopics(Set<Topic> topics) {
    try {
      return new TopicNegotiation(endpoint, topics, options.probePatience()).probe();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw endpoint.failure(ClientError.INTERRUPTED, "probe for topics", "interrupted");
    }
  }

  /** Whether blocks come as SSZ; asks for the head. */
  public boolean servesSsz() {
    HttpAnswer answer =
        endpoint.get(
            BeaconRoutes.BLOCKS + BlockId.head().path(), BlockReader.SSZ_FIRST, "read the head");
    return answer.isOk() && answer.mediaType().equals(BlockReader.SSZ);
  }

  /** Built from the node's own specification, which does not change while it runs. */
  private BlockReader reader(String asked) {
    BlockReader present = reader;
    if (present != null) {
      return present;
    }
    try {
      readerLock.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw endpoint.failure(ClientError.INTERRUPTED, asked, "interrupted");
    }
    try {
      BlockReader made = reader;
      if (made == null) {
        ChainSpec spec = spec();
        made = usable(asked, () -> new BlockReader(endpoint, spec));
        reader = made;
      }
      return made;
    } finally {
      readerLock.unlock();
    }
  }

  private HttpAnswer get(String path, String asked) {
    return endpoint.get(path, JSON, asked);
  }

  private static boolean isMissingRoute(HttpAnswer answer) {
    return answer.status() == STATUS_NOT_FOUND
        || answer.status() == STATUS_METHOD_NOT_ALLOWED
        || answer.status() == STATUS_GONE;
  }

  private <T> T ask(String path, String asked, Function<JsonView, T> meaning) {
    return read(get(path, asked), asked, meaning);
  }

  private <T> T read(HttpAnswer answer, String asked, Function<JsonView, T> meaning) {
    if (isMissingRoute(answer)) {
      throw endpoint.statusFailure(
          ClientError.UNSUPPORTED_ROUTE,
          asked,
          answer.status(),
          "it does not serve the route (" + answer.status() + ")");
    }
    if (!answer.isOk()) {
      throw endpoint.statusFailure(answer, asked);
    }
    try {
      return meaning.apply(endpoint.json().read(answer.body()));
    } catch (JacksonException malformed) {
      throw endpoint.failure(
          NodeJson.errorOf(malformed),
          asked,
          NodeJson.describe(malformed) + "; the answer begins " + answer.excerpt(),
          malformed);
    } catch (JsonView.Unexpected malformed) {
      throw endpoint.failure(
          ClientError.MALFORMED, asked, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  @Override
  public String toString() {
    return "HttpBeaconNode[" + name() + "]";
  }
}
