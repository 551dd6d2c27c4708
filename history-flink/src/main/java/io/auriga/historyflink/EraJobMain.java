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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line of {@link EraJob}: run by {@code history-flink/run}, or by {@code flink run}.
 */
public final class EraJobMain {
  private static final String USAGE =
      """
      usage: --eras FOLDER --output FOLDER (--network NAME | --chain FOLDER) [--level roots|full]

        --eras     the folder with the .era files; every machine must see it
        --output   where withdrawals/*.csv and verdicts/*.csv are written; must not exist yet
        --network  mainnet, sepolia, holesky or hoodi
        --chain    for another network: a folder with the answers of a beacon node to
                   /eth/v1/config/spec (spec.json) and /eth/v1/beacon/genesis (genesis.json)
        --level    full (by default): as Auriga verifies blocks that it follows; roots: block roots
      """;

  private static final Set<String> OPTIONS =
      Set.of("--eras", "--output", "--network", "--chain", "--level");
  private static final int BAD_USAGE = 2;
  private static final int FAILED = 4;

  private EraJobMain() {}

  /** Submits the job and waits for its end. */
  public static void main(String[] arguments) throws Exception {
    try {
      Map<String, String> options = options(arguments);
      EraChain chain = chain(options);
      Path output = Path.of(required(options, "--output"));
      if (Files.exists(output)) {
        throw new IllegalArgumentException(output + " exists already");
      }
      EraLevel level =
          EraLevel.valueOf(options.getOrDefault("--level", "full").toUpperCase(Locale.ROOT));
      EraCatalog catalog = EraCatalog.of(files(Path.of(required(options, "--eras"))), chain);
      System.out.printf(
          "%d eras to verify, %d refused before%n",
          catalog.eras().size(), catalog.refused().size());
      StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
      EraJob.of(environment, chain, level, catalog).writeTo(output);
      environment.execute("Auriga: verified withdrawals of era files");
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage() + "\n" + USAGE);
      System.exit(BAD_USAGE);
    } catch (AurigaException failure) {
      System.err.println(failure.report());
      System.exit(FAILED);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
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
      return files.filter(file -> file.toString().endsWith(".era")).sorted().toList();
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
