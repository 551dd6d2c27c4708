package io.auriga.app.config;

import ch.qos.logback.classic.Level;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.StartPoint;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.runtime.config.KnownKey;
import io.auriga.runtime.http.HttpServerConfig;
import io.auriga.runtime.logging.LogFormat;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Slot;
import io.auriga.validators.exporter.Exporter;
import io.auriga.validators.slo.Objectives;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a user can configure, checked. Read from a YAML file, the environment and the
 * command line, the later winning.
 *
 * @param consensus tried in order
 * @param execution tried in order
 * @param newHeads WebSockets at which execution nodes push new heads
 * @param nodePatience how long to wait at start for nodes that do not answer yet
 * @param replayWithdrawals whether each block's withdrawals are recomputed, which asks the beacon
 *     nodes for validators
 * @param traces whether execution nodes may be asked to trace transactions
 * @param loadedPause between two looks at loaded history, to judge and to check it; zero for never
 * @param watch who is watched, and in which groups: for all features
 * @param objectives what is expected of them
 * @param exported which metrics there are beside the usual ones
 * @param relay the Engine API relay, if there is to be one
 * @param slashing whose votes and blocks are watched for offences
 * @param sync whether and how each slot is judged
 */
public record AurigaConfig(
    List<EndpointConfig> consensus,
    List<EndpointConfig> execution,
    List<EndpointConfig> newHeads,
    Duration nodePatience,
    StoreConfig store,
    HttpServerConfig http,
    FollowerConfig follower,
    boolean replayWithdrawals,
    boolean traces,
    Duration loadedPause,
    Predictions predictions,
    Level logLevel,
    LogFormat logFormat,
    ConfiguredWatch watch,
    Objectives objectives,
    boolean rewards,
    Exported exported,
    RelaySettings relay,
    SlashingConfig slashing,
    SyncConfig sync) {
  /** The port of the dashboard and the API; no node uses it. */
  public static final int DEFAULT_PORT = 8299;

  /** What the launcher reads itself. */
  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("AURIGA_JAVA_HOME", "AURIGA_JAVA_OPTS", "AURIGA_BUILD");

  private static final NodeKeys CONSENSUS = new NodeKeys("consensus");
  private static final NodeKeys EXECUTION = new NodeKeys("execution");
  private static final Key<Duration> NODE_PATIENCE =
      Key.duration("node-patience", "How long to wait at start for nodes that do not answer yet.")
          .orElse("5m");

  private static final Key<Path> DATA =
      Key.path(
          "data",
          "The folder for everything that Auriga keeps. By default auriga in the user's folder for"
              + " data, such as ~/.local/share/auriga.");
  private static final Key<String> STORE_URL =
      Key.text(
          "store.url",
          "sqlite:<folder> or postgresql://user@host:port/database. By default SQLite in the"
              + " folder data.");
  private static final Key<Path> STORE_PASSWORD_FILE =
      Key.path("store.password-file", "The file with PostgreSQL's password.");

  private static final Key<String> HTTP_BIND =
      Key.text("http.bind", "The address that the dashboard and the API listen on.")
          .orElse("127.0.0.1");
  private static final Key<Integer> HTTP_PORT =
      Key.integer("http.port", "Their port; 0 takes any that is free.", 0, 65_535)
          .orElse(String.valueOf(DEFAULT_PORT));
  private static final Key<List<String>> HTTP_ALLOWED_HOSTS =
      Key.texts(
              "http.allowed-hosts",
              "Names that browsers may use for this server, beside those of loopback.")
          .orElse("");

  private static final Key<StartPoint> CHAIN_START =
      Key.one(
              "chain.start",
              "Where an empty store begins: at the last finalized block, at the head, or at a"
                  + " slot.",
              "finalized, head or a slot",
              AurigaConfig::startPoint)
          .orElse("finalized");
  private static final Key<Duration> CHAIN_POLL_INTERVAL =
      Key.duration(
              "chain.poll-interval",
              "How long without an event before a node is asked anyway; at least 100ms.",
              Duration.ofMillis(100))
          .orElse("4s");
  private static final Key<Integer> PIPELINE_WINDOW =
      Key.integer(
              "pipeline.window",
              "Blocks read and verified ahead of the one being committed.",
              1,
              256)
          .orElse("16");
  private static final Key<Integer> BATCH_SIZE =
      Key.integer("batch.size", "Blocks in one transaction of the store, at most.", 1, 1024)
          .orElse("64");
  private static final Key<Duration> BATCH_AGE =
      Key.duration("batch.age", "How long a block may wait for its batch to fill.").orElse("1s");

  private static final Key<Boolean> WITHDRAWALS_REPLAY =
      Key.flag(
              "withdrawals.replay",
              "Whether each block's withdrawals are recomputed from what a beacon node says of the"
                  + " validators before it: a few requests a block.")
          .orElse("true");
  private static final Key<Boolean> WITHDRAWALS_TRACES =
      Key.flag(
              "withdrawals.traces",
              "Whether an execution node that offers debug_traceBlockByHash is asked for the"
                  + " transactions of a block, where a balance tells nothing without; one that is"
                  + " slow or refuses is left alone for an hour.")
          .orElse("true");
  private static final Key<Duration> WITHDRAWALS_LOADED_PAUSE =
      Key.duration(
              "withdrawals.loaded-pause",
              "How long between two looks at loaded history, when there is nothing else to do: each"
                  + " tells the kinds in 16 blocks and checks one, the newest first. 0s leaves it"
                  + " alone.",
              Duration.ZERO)
          .orElse("1s");
  private static final Key<Boolean> PREDICTION_WATCHED =
      Key.flag(
              "prediction.watched",
              "Whether the withdrawals of watched validators are predicted, and compared with what"
                  + " comes; of more than 4096 the first.")
          .orElse("true");
  private static final Key<Duration> PREDICTION_INTERVAL =
      Key.duration("prediction.interval", "How often their withdrawals are predicted anew.")
          .orElse("1h");

  private static final Key<Boolean> REWARDS_WATCHED =
      Key.flag(
              "rewards.watched",
              "Whether a node is asked once an epoch what watched validators earned; of more than"
                  + " 16384 the first.")
          .orElse("true");

  private static final Key<Boolean> METRICS_ALIASES =
      Key.flag(
              "metrics.aliases",
              "Whether metrics are also given under names that dashboards of others know:"
                  + " eth-validator-watcher's and those of Lighthouse's validator monitor.")
          .orElse("false");
  private static final Key<Integer> METRICS_VALIDATORS =
      Key.integer(
              "metrics.validators",
              "How many watched validators get metrics of their own; the rest is counted in"
                  + " auriga_validator_left_out.",
              0,
              Exporter.Options.VALIDATORS_MAX)
          .orElse("0");

  private static final Key<Level> LOG_LEVEL =
      Key.one(
              "log.level",
              "The least urgent messages that are logged.",
              "error, warn, info or debug",
              AurigaConfig::level)
          .orElse("info");
  private static final Key<LogFormat> LOG_FORMAT =
      Key.choice("log.format", "How a message looks.", List.of(LogFormat.values())).orElse("text");

  /**
   * Metrics that one has to ask for.
   *
   * @param aliases the names of other software
   * @param validators how many validators get series of their own
   */
  public record Exported(boolean aliases, int validators) {}

  /**
   * Predictions that nobody asked for.
   *
   * @param watched whether those who are watched are predicted
   * @param interval how often
   */
  public record Predictions(boolean watched, Duration interval) {}

  public AurigaConfig {
    consensus = List.copyOf(consensus);
    execution = List.copyOf(execution);
    newHeads = List.copyOf(newHeads);
  }

  /**
   * Reads and checks a configuration.
   *
   * @param file null for none
   * @param overrides dotted keys from the command line
   * @throws io.auriga.runtime.config.ConfigException naming the key, the value and the remedy
   */
  public static AurigaConfig load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
    ConfigTree tree = tree(file, environment, overrides);
    AurigaConfig config =
        read(tree, environment, watch -> new ConfiguredWatch(file, environment, overrides, watch));
    tree.requireAllUsed();
    return config;
  }

  /** All keys, for the reference page. */
  public static List<KnownKey> keys() {
    ConfigTree tree = tree(null, Map.of(), Map.of());
    read(tree, Map.of(), watch -> new ConfiguredWatch(null, Map.of(), Map.of(), watch));
    return tree.known();
  }

  private static ConfigTree tree(
      @Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
    Map<String, String> ours = new HashMap<>(environment);
    ours.keySet().removeAll(OF_THE_LAUNCHER);
    return ConfigTree.load(file, ours, overrides);
  }

  private static AurigaConfig read(
      ConfigTree tree,
      Map<String, String> environment,
      Function<WatchConfig, ConfiguredWatch> watch) {
    Path data = tree.find(DATA).orElseGet(() -> DataFolder.of(environment));
    Optional<Path> password = tree.find(STORE_PASSWORD_FILE);
    String store = tree.find(STORE_URL).orElse("sqlite:" + data);
    return new AurigaConfig(
        CONSENSUS.read(tree.section("consensus")),
        EXECUTION.read(tree.section("execution")),
        EXECUTION.readWebSockets(tree.section("execution")),
        tree.value(NODE_PATIENCE),
        StoreConfig.of(store).withPasswordFile(password.orElse(null)),
        HttpServerConfig.on(new InetSocketAddress(tree.value(HTTP_BIND), tree.value(HTTP_PORT)))
            .withAllowedHosts(tree.value(HTTP_ALLOWED_HOSTS)),
        new FollowerConfig(
            tree.value(CHAIN_START),
            tree.value(PIPELINE_WINDOW),
            tree.value(BATCH_SIZE),
            tree.value(BATCH_AGE),
            tree.value(CHAIN_POLL_INTERVAL)),
        tree.value(WITHDRAWALS_REPLAY),
        tree.value(WITHDRAWALS_TRACES),
        tree.value(WITHDRAWALS_LOADED_PAUSE),
        new Predictions(tree.value(PREDICTION_WATCHED), tree.value(PREDICTION_INTERVAL)),
        tree.value(LOG_LEVEL),
        tree.value(LOG_FORMAT),
        watch.apply(WatchKeys.read(tree)),
        SloKeys.read(tree),
        tree.value(REWARDS_WATCHED),
        new Exported(tree.value(METRICS_ALIASES), tree.value(METRICS_VALIDATORS)),
        RelayKeys.read(tree.section("relay")),
        SlashingConfig.read(tree, data),
        SyncConfig.read(tree));
  }

  private static StartPoint startPoint(String text) {
    return switch (text) {
      case "finalized" -> new StartPoint.Finalized();
      case "head" -> new StartPoint.Head();
      default -> new StartPoint.AtSlot(Slot.parseDecimal(text));
    };
  }

  private static Level level(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "error" -> Level.ERROR;
      case "warn" -> Level.WARN;
      case "info" -> Level.INFO;
      case "debug" -> Level.DEBUG;
      default -> throw new IllegalArgumentException("no such level");
    };
  }
}
