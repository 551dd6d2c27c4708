package io.auriga.chain.era;

import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a set of era files holds: each era once, in order, whatever order the files were given in.
 * What cannot be used is left out and named with its reason.
 *
 * @param eras ascending by number
 * @param refused those that cannot be opened in the order they were given in, then the others
 */
public record EraCatalog(List<Entry> eras, List<Refused> refused) {
  /**
   * One era in one file.
   *
   * @param group the number of its group within the file, from 0
   * @param blocks how many blocks it has
   * @param startsEmpty whether its first slot has no block
   * @param firstRoot {@code block_roots} of its first slot
   * @param lastRoot and of its last
   */
  public record Entry(
      Path file,
      int group,
      long era,
      int blocks,
      HistoricalSummary summary,
      boolean startsEmpty,
      Root firstRoot,
      Root lastRoot) {
    static Entry of(Path file, int number, EraGroup group) {
      return new Entry(
          file,
          number,
          group.era(),
          group.blockCount(),
          group.state().summary(),
          group.startsEmpty(),
          group.firstRoot(),
          group.lastRoot());
    }

    /**
     * Whether the era before this one can be {@code previous}. An era alone cannot prove that its
     * first slot is empty; the end of the one before it can.
     */
    boolean canFollow(Entry previous) {
      return !startsEmpty || firstRoot.equals(previous.lastRoot);
    }
  }

  /** A file, or one era of it, that is left out. */
  public record Refused(Path file, AurigaException reason) {}

  public EraCatalog {
    eras = List.copyOf(eras);
    refused = List.copyOf(refused);
  }

  /** Opens each file, as {@link EraFile#open} does; blocks are not read. */
  public static EraCatalog of(List<Path> files, EraChain chain) {
    List<Entry> entries = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Path file : files) {
      try {
        entries.addAll(entries(file, chain));
      } catch (AurigaException unusable) {
        refused.add(new Refused(file, unusable));
      }
    }
    return new EraCatalog(consistent(entries, refused), refused);
  }

  /**
   * What one file holds.
   *
   * @throws EraException as {@link EraFile#open} does
   */
  public static List<Entry> entries(Path file, EraChain chain) {
    try (EraFile opened = EraFile.open(file, chain)) {
      List<Entry> entries = new ArrayList<>();
      for (EraGroup group : opened.groups()) {
        entries.add(Entry.of(file, entries.size(), group));
      }
      return entries;
    }
  }

  private static List<Entry> consistent(List<Entry> entries, List<Refused> refused) {
    // By name, so that the same files give the same choice in whatever order they are named.
    entries.sort(Comparator.comparing(entry -> entry.file().toString()));
    TreeMap<Long, List<Entry>> byEra = new TreeMap<>();
    entries.forEach(entry -> byEra.computeIfAbsent(entry.era(), _ -> new ArrayList<>()).add(entry));
    List<Entry> kept = new ArrayList<>();
    byEra.forEach(
        (era, sameEra) -> {
          Entry first = sameEra.getFirst();
          if (sameEra.stream().allMatch(other -> other.summary().equals(first.summary()))) {
            sameEra.stream().skip(1).forEach(other -> refused.add(duplicate(other, first)));
            kept.add(first);
          } else {
            sameEra.forEach(each -> refused.add(conflict(each, sameEra)));
          }
        });
    List<Entry> following = new ArrayList<>();
    @Nullable Entry previous = null;
    for (Entry entry : kept) {
      if (previous == null || previous.era() + 1 != entry.era() || entry.canFollow(previous)) {
        following.add(entry);
      } else {
        refused.add(brokenChain(entry, previous));
      }
      previous = entry;
    }
    return following;
  }

  private static Refused duplicate(Entry entry, Entry used) {
    return refusal(
        EraError.DUPLICATE, entry, "era %d is in %s, too".formatted(entry.era(), used.file()));
  }

  private static Refused conflict(Entry entry, List<Entry> sameEra) {
    List<Path> others =
        sameEra.stream().map(Entry::file).filter(file -> !file.equals(entry.file())).toList();
    return refusal(
        EraError.CONFLICT, entry, "era %d is another one in %s".formatted(entry.era(), others));
  }

  private static Refused brokenChain(Entry entry, Entry previous) {
    return refusal(
        EraError.MISMATCH,
        entry,
        "era %d begins with an empty slot after block %s, and era %d in %s ends with %s"
            .formatted(
                entry.era(),
                entry.firstRoot(),
                previous.era(),
                previous.file(),
                previous.lastRoot()));
  }

  private static Refused refusal(EraError error, Entry entry, String problem) {
    return new Refused(
        entry.file(), new EraException(error, "use era file " + entry.file(), problem));
  }
}
