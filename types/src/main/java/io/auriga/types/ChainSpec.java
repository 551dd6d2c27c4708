package io.auriga.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and the fork schedule of one network, under the spec's own names ({@code
 * MAX_WITHDRAWALS_PER_PAYLOAD}). Read from a node ({@code /eth/v1/config/spec}), from a {@code
 * config.yaml}, or built in; values that a configuration leaves out come from its preset. No other
 * place holds a constant of a network or a fork.
 */
public final class ChainSpec {
  /** The networks and presets that need no file. */
  public static final List<String> BUILT_IN =
      List.of("mainnet", "sepolia", "holesky", "hoodi", "minimal");

  /** Far longer than any network's; keeps every time that is computed from it in range. */
  private static final Duration LONGEST_SLOT = Duration.ofDays(1);

  private final Map<String, String> values;
  private final ForkSchedule forks;
  private final Duration slotDuration;
  private final long slotsPerEpoch;

  private ChainSpec(Map<String, String> values) {
    this.values = Map.copyOf(values);
    try {
      this.forks = ForkSchedule.of(values);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the fork schedule of network " + name(),
          String.valueOf(malformed.getMessage()),
          malformed);
    }
    this.slotDuration =
        values.containsKey("SLOT_DURATION_MS")
            ? Duration.ofMillis(number("SLOT_DURATION_MS"))
            : Duration.ofSeconds(number("SECONDS_PER_SLOT"));
    this.slotsPerEpoch = number("SLOTS_PER_EPOCH");
    if (slotsPerEpoch <= 0) {
      throw bad("SLOTS_PER_EPOCH", "must be positive");
    }
    if (!slotDuration.isPositive() || slotDuration.compareTo(LONGEST_SLOT) > 0) {
      throw bad("the slot duration", "is " + slotDuration + ", and must be up to " + LONGEST_SLOT);
    }
  }

  /**
   * A specification from the scalar values of a configuration; nested ones are ignored.
   *
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if a value is missing or malformed
   */
  public static ChainSpec of(Map<String, ?> configuration) {
    Map<String, String> values = new TreeMap<>();
    Object base = configuration.get("PRESET_BASE");
    String preset = base == null ? "mainnet" : base.toString();
    load("preset-" + preset)
        .orElseThrow(
            () ->
                new AurigaException(
                    SpecError.BAD_CONFIG,
                    "read a network configuration",
                    "PRESET_BASE is "
                        + Hex.abbreviate(preset)
                        + ", and only mainnet and minimal are known"))
        .forEach(values::put);
    configuration.forEach(
        (key, value) -> {
          if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            values.put(key, value.toString());
          }
        });
    // A configuration that gives only the older of the two names must win over the preset's newer.
    if (configuration.containsKey("SECONDS_PER_SLOT")
        && !configuration.containsKey("SLOT_DURATION_MS")) {
      values.remove("SLOT_DURATION_MS");
    }
    return new ChainSpec(values);
  }

  /**
   * One of {@link #BUILT_IN}.
   *
   * @throws AurigaException {@code AUR-SPEC-UNKNOWN-NETWORK}
   */
  public static ChainSpec builtIn(String name) {
    return of(network(name));
  }

  /** The genesis of a built-in network; empty for the minimal preset, which is no network. */
  public static Optional<Genesis> builtInGenesis(String name) {
    Map<String, String> values = network(name);
    String time = values.get("GENESIS_TIME");
    String root = values.get("GENESIS_VALIDATORS_ROOT");
    String version = values.get("GENESIS_FORK_VERSION");
    if (time == null || root == null || version == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Genesis(
            java.time.Instant.ofEpochSecond(Long.parseLong(time)),
            Root.fromHex(root),
            ForkVersion.fromHex(version)));
  }

  private static Map<String, String> network(String name) {
    if (!BUILT_IN.contains(name)) {
      throw new AurigaException(
          SpecError.UNKNOWN_NETWORK,
          "find network " + Hex.abbreviate(name),
          "it is not one of " + BUILT_IN);
    }
    return load("network-" + name).orElseThrow();
  }

  private static Optional<Map<String, String>> load(String resource) {
    if (!resource.matches("[a-z-]+")) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (@Nullable InputStream in = ChainSpec.class.getResourceAsStream(resource + ".properties")) {
      if (in == null) {
        return Optional.empty();
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException("our own resource " + resource, unreadable);
    }
    Map<String, String> values = new TreeMap<>();
    properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
    return Optional.of(values);
  }

  /** {@code CONFIG_NAME}, or {@code unnamed}. */
  public String name() {
    return values.getOrDefault("CONFIG_NAME", "unnamed");
  }

  public ForkSchedule forks() {
    return forks;
  }

  public Duration slotDuration() {
    return slotDuration;
  }

  public Duration epochDuration() {
    return slotDuration.multipliedBy(slotsPerEpoch());
  }

  public long slotsPerEpoch() {
    return slotsPerEpoch;
  }

  /** {@code DEPOSIT_CHAIN_ID}: the chain id of the execution layer. */
  public long chainId() {
    return number("DEPOSIT_CHAIN_ID");
  }

  public Address depositContract() {
    String address = values.get("DEPOSIT_CONTRACT_ADDRESS");
    if (address == null) {
      throw bad("DEPOSIT_CONTRACT_ADDRESS", "is missing");
    }
    try {
      return Address.fromHex(address);
    } catch (IllegalArgumentException malformed) {
      throw bad("DEPOSIT_CONTRACT_ADDRESS", String.valueOf(malformed.getMessage()));
    }
  }

  public Epoch epochOf(Slot slot) {
    return new Epoch(Long.divideUnsigned(slot.value(), slotsPerEpoch));
  }

  /** The first slot of {@code epoch}; {@link Slot#LAST} where it would lie behind that. */
  public Slot startSlotOf(Epoch epoch) {
    boolean fits = Math.unsignedMultiplyHigh(epoch.value(), slotsPerEpoch) == 0;
    return fits ? new Slot(epoch.value() * slotsPerEpoch) : Slot.LAST;
  }

  /** The fork whose rules hold at {@code slot}; throws as {@link ForkSchedule#forkAt}. */
  public ForkName forkAt(Slot slot) {
    return forks.forkAt(epochOf(slot));
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /**
   * A numeric parameter, as the raw 64 bits, under its name in the spec.
   *
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if it is absent or not a number
   */
  public long number(String key) {
    String value = values.get(key);
    if (value == null) {
      throw bad(key, "is missing");
    }
    try {
      return UInt64.parseDecimal(value);
    } catch (IllegalArgumentException malformed) {
      throw bad(key, String.valueOf(malformed.getMessage()));
    }
  }

  /** All scalar values, for a page that shows them. */
  public Map<String, String> values() {
    return values;
  }

  private AurigaException bad(String key, String problem) {
    return new AurigaException(
        SpecError.BAD_CONFIG, "read the configuration of network " + name(), key + " " + problem);
  }

  @Override
  public String toString() {
    return "ChainSpec[" + name() + "]";
  }
}
