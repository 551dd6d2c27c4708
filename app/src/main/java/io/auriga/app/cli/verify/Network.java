package io.auriga.app.cli.verify;

import io.auriga.app.config.NetworkConfigFile;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.ForkSchedule;
import io.auriga.types.Genesis;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the chain that the files are of.
 *
 * @param chosen whether the user named it; otherwise its schedule is no evidence
 * @param genesis empty for a configuration file, which does not say when its chain began
 */
public record Network(ChainSpec spec, boolean chosen, Optional<Genesis> genesis) {
  /**
   * The network that an option names: one that is built in, or the path of a {@code config.yaml}.
   *
   * @param option null if none was given
   * @throws AurigaException if there is no such network
   */
  public static Network of(@Nullable String option) {
    if (option == null) {
      return builtIn("mainnet", false);
    }
    if (ChainSpec.BUILT_IN.contains(option)) {
      return builtIn(option, true);
    }
    return new Network(
        NetworkConfigFile.read(Path.of(option), "--network"), true, Optional.empty());
  }

  static Network builtIn(String name, boolean chosen) {
    return new Network(ChainSpec.builtIn(name), chosen, ChainSpec.builtInGenesis(name));
  }

  /** The same question for a network that nobody chose, with the limits of the minimal preset. */
  Network orMinimal(boolean minimalPreset) {
    return chosen || !minimalPreset ? this : builtIn("minimal", false);
  }

  /** Whether its schedule says anything: the minimal preset is no network and has none. */
  public boolean hasSchedule() {
    return chosen && spec.forks().entries().size() > 1;
  }

  /**
   * The fork at a slot.
   *
   * @throws UnreadableFile if it is one that this version does not know
   */
  ForkName forkAt(Slot slot) {
    ForkSchedule.Entry active = spec.forks().entryAt(spec.epochOf(slot));
    return active
        .fork()
        .orElseThrow(
            () ->
                UnreadableFile.unsupportedFork(
                    "slot " + slot + " is of \"" + active.name() + "\" in the network's schedule"));
  }

  /** The fork at a block's time, as far as the network's schedule and genesis tell. */
  Optional<ForkName> forkAtTime(long timestamp) {
    if (!hasSchedule() || genesis.isEmpty() || timestamp < 0) {
      return Optional.empty();
    }
    Duration age = Duration.ofSeconds(timestamp - genesis.get().time().getEpochSecond());
    return age.isNegative()
        ? Optional.empty()
        : Optional.of(forkAt(new Slot(age.dividedBy(spec.slotDuration()))));
  }

  /** When a slot begins, if that is known. */
  Optional<Instant> timeOf(Slot slot) {
    boolean reasonable = slot.value() >= 0 && slot.value() < 1L << 40;
    return chosen && reasonable
        ? genesis.map(g -> g.time().plus(spec.slotDuration().multipliedBy(slot.value())))
        : Optional.empty();
  }
}
