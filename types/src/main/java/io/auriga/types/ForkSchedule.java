package io.auriga.types;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which fork is active when, oldest first; read from {@code *_FORK_EPOCH} and {@code
 * *_FORK_VERSION} of a configuration. A scheduled fork that this version has no name for is kept,
 * so that its epochs are refused and never guessed at.
 */
public record ForkSchedule(List<Entry> entries) {
  private static final String EPOCH_SUFFIX = "_FORK_EPOCH";

  /** Of a fork that this version does not know and that has none: nothing of it is ever checked. */
  private static final ForkVersion NO_VERSION = new ForkVersion(0);

  /**
   * One scheduled fork.
   *
   * @param name as the configuration writes it, in lower case
   * @param fork empty for a fork that this version does not know
   */
  public record Entry(String name, Optional<ForkName> fork, Epoch epoch, ForkVersion version) {}

  public ForkSchedule {
    entries =
        entries.stream()
            .sorted(
                Comparator.comparing(Entry::epoch)
                    .thenComparing(e -> e.fork().map(ForkName::ordinal).orElse(Integer.MAX_VALUE)))
            .toList();
  }

  static ForkSchedule of(Map<String, String> values) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            "phase0",
            Optional.of(ForkName.PHASE0),
            new Epoch(0),
            ForkVersion.fromHex(values.getOrDefault("GENESIS_FORK_VERSION", "0x00000000"))));
    values.forEach(
        (key, value) -> {
          if (key.endsWith(EPOCH_SUFFIX)) {
            String name = key.substring(0, key.length() - EPOCH_SUFFIX.length());
            Epoch epoch = Epoch.parseDecimal(value);
            if (epoch.isScheduled()) {
              Optional<ForkName> fork = ForkName.find(name);
              String version = values.get(name + "_FORK_VERSION");
              if (version == null && fork.isPresent()) {
                // Signatures would be checked under a version that somebody made up.
                throw new IllegalArgumentException(
                    key + " is set, and " + name + "_FORK_VERSION is missing");
              }
              entries.add(
                  new Entry(
                      name.toLowerCase(java.util.Locale.ROOT),
                      fork,
                      epoch,
                      version == null ? NO_VERSION : ForkVersion.fromHex(version)));
            }
          }
        });
    return new ForkSchedule(entries);
  }

  /**
   * The fork whose rules hold in {@code epoch}.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK} where this version has no name for it
   */
  public ForkName forkAt(Epoch epoch) {
    Entry active = entryAt(epoch);
    return active
        .fork()
        .orElseThrow(
            () ->
                new AurigaException(
                    SpecError.UNSUPPORTED_FORK,
                    "interpret epoch " + epoch,
                    "the network's fork \"" + active.name() + "\" is unknown to this version"));
  }

  public Entry entryAt(Epoch epoch) {
    Entry active = entries.getFirst();
    for (Entry entry : entries) {
      if (entry.epoch().compareTo(epoch) <= 0) {
        active = entry;
      }
    }
    return active;
  }

  /** When {@code fork} begins; empty if it is not scheduled. */
  public Optional<Epoch> epochOf(ForkName fork) {
    return entries.stream()
        .filter(entry -> entry.fork().equals(Optional.of(fork)))
        .map(Entry::epoch)
        .findFirst();
  }

  /** The forks after {@code epoch}, soonest first. */
  public List<Entry> after(Epoch epoch) {
    return entries.stream().filter(entry -> entry.epoch().compareTo(epoch) > 0).toList();
  }
}
