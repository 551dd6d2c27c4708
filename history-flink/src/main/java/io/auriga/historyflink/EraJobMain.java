package io.auriga.historyflink;

import io.auriga.chain.era.EraCatalog;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraError;
import io.auriga.chain.era.EraLevel;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.SpecError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line of {@link EraJob}: run by {@code history-flink/run}, or by {@code flink run}.
 */
public final class EraJobMain {
  private static final String USAGE =
      """
      usage: history-flink/run --eras FOLDER --output FOLDER (--network NAME | --chain FOLDER)
                               [--level roots|full] [--json]

        --eras     the folder with the .era files; every machine must see it
        --output   where withdrawals/*.csv and verdicts/*.csv are written; must not exist yet
        --network  mainnet, sepolia, holesky or hoodi
        --chain    for another network: a folder with the answers of a beacon node to
                   /eth/v1/config/spec (spec.json) and /eth/v1/beacon/genesis (genesis.json)
        --level    full (by default): as Auriga verifies blocks that it follows; roots: block roots
        --json     what was done as one JSON object

      ends with 0 if every file is verified, 1 if some are not (verdicts/ says why), 2 if the command
      line is wrong, 4 if the job failed

      examples:
        history-flink/run --eras /data/eras --output out --network mainnet
        history-flink/run --eras eras --output out --chain recordings/minimal-capella-to-fulu
      """;

  private static final Set<String> OPTIONS =
      Set.of("--eras", "--output", "--network", "--chain", "--level");
  private static final String JSON = "--json";
  private static final int FINDING = 1;
  private static final int BAD_USAGE = 2;
  private static final int FAILED = 4;

  private EraJobMain() {}

  /** Submits the job and waits for its end. */
  public static void main(String[] arguments) throws Exception {
    int code = run(arguments, System.out, System.err);
    // On a cluster the process is not ours to end where all is well.
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Does the same and says what the process is to end with. */
  static int run(String[] arguments, PrintStream out, PrintStream err) throws Exception {
    if (List.of(arguments).contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      return run(options(arguments), out, err);
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage() + "\n" + USAGE);
      return BAD_USAGE;
    } catch (AurigaException failure) {
      err.println(failure.report());
      return FAILED;
    }
  }

  private static int run(Map<String, String> options, PrintStream out, PrintStream err)
      throws Exception {
    EraChain chain = chain(options);
    Path output = Path.of(required(options, "--output"));
    if (Files.exists(output)) {
      throw new IllegalArgumentException(output + " exists already");
    }
    EraLevel level =
        EraLevel.valueOf(options.getOrDefault("--level", "full").toUpperCase(Locale.ROOT));
    EraCatalog catalog = EraCatalog.of(files(Path.of(required(options, "--eras"))), chain);
    int eras = catalog.eras().size();
    int refused = catalog.refused().size();
    err.printf("eras to verify: %d; files that cannot be used: %d%n", eras, refused);
    if (eras == 0) {
      // Flink knows no job without input.
      catalog.refused().forEach(each -> err.println(each.reason().report()));
      return FINDING;
    }
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EraJob.of(environment, chain, level, catalog).writeTo(output);
    JobWatch watch;
    try {
      watch =
          JobWatch.toEnd(
              environment.executeAsync("Auriga: verified withdrawals of era files"), eras, err);
    } catch (ExecutionException | FlinkException failed) {
      err.println("The job failed; what it wrote is not whole. Flink says:");
      failed.printStackTrace(err);
      return FAILED;
    }
    out.println(options.containsKey(JSON) ? watch.json(refused) : watch.text(refused, output));
    return watch.verified() == eras && refused == 0 ? 0 : FINDING;
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (arguments[i].equals(JSON)) {
        options.put(JSON, "");
        i--;
        continue;
      }
      if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("what is " + arguments[i] + "?");
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> eras = files.filter(file -> file.toString().endsWith(".era")).sorted().toList();
      if (eras.isEmpty()) {
        throw new IllegalArgumentException("there is no .era file in " + folder);
      }
      return eras;
    } catch (IOException failed) {
      throw new AurigaException(
          EraError.UNREADABLE, "list the era files in " + folder, String.valueOf(failed), failed);
    }
  }

  private static EraChain chain(Map<String, String> options) {
    String network = options.get("--network");
    if (network != null) {
      return EraChain.of(
          ChainSpec.builtIn(network),
          ChainSpec.builtInGenesis(network)
              .orElseThrow(() -> new IllegalArgumentException(network + " is no network"))
              .validatorsRoot());
    }
    Path folder = Path.of(required(options, "--chain"));
    Map<String, String> values = new HashMap<>();
    data(folder.resolve("spec.json"))
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isString()) {
                values.put(entry.getKey(), entry.getValue().asString());
              }
            });
    JsonNode root = data(folder.resolve("genesis.json")).path("genesis_validators_root");
    return EraChain.of(ChainSpec.of(values), Root.fromHex(root.asString("")));
  }

  private static JsonNode data(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(file)).path("data");
    } catch (IOException | JacksonException failed) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read a node's answer from " + file,
          String.valueOf(failed),
          failed);
    }
  }
}
