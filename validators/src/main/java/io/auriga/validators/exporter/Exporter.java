package io.auriga.validators.exporter;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.watched.Watched;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes metrics of the duties of each epoch. By default a series for the network, one for all who
 * are watched, and one for each group and label; per validator only if asked, and up to a limit.
 *
 * <p>A scrape sees one epoch whole: what it reads is an immutable picture that a new epoch
 * replaces.
 */
public final class Exporter {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  private final Options options;
  private final InstantSource time;
  private final Growing growing = new Growing();
  private volatile Picture picture = Picture.BEFORE;
  private volatile SortedMap<String, Integer> upcoming = Collections.emptySortedMap();
  private int saidLeftOut;

  /**
   * What to export.
   *
   * @param network its name, a label of the aliases
   * @param aliases whether the names of Kiln's watcher and of Lighthouse's validator monitor are
   *     exported as well
   * @param validators how many validators get series of their own; 0 for none
   */
  public record Options(String network, boolean aliases, int validators) {
    /** Three series each: what a Prometheus server bears from one target. */
    public static final int VALIDATORS_MAX = 1_000;

    public Options {
      if (validators < 0 || validators > VALIDATORS_MAX) {
        throw new IllegalArgumentException(
            "series for 0 to " + VALIDATORS_MAX + " validators, not " + validators);
      }
    }
  }

  /** Makes the metrics; there is nothing in them before the first epoch. */
  public Exporter(Metrics metrics, Options options, InstantSource time) {
    this.options = options;
    this.time = time;
    Supplier<Picture> one = Metrics.steady(() -> picture);
    DutySeries.register(metrics, one);
    if (options.validators() > 0) {
      ValidatorSeries.register(metrics, one);
    }
    if (options.aliases()) {
      Aliases.register(metrics, one, Metrics.steady(() -> upcoming), options.network());
    }
  }

  /**
   * Takes an epoch that is closed or final. One that comes again, made another by a reorg, replaces
   * what it was; an older one than the newest only counts where final epochs are counted.
   */
  public synchronized void take(EpochDuties duties, Watched watched) {
    Instant now = time.instant();
    growing.take(duties, watched);
    Picture before = picture;
    boolean newest =
        before.epoch().isEmpty() || before.epoch().get().compareTo(duties.epoch()) <= 0;
    Picture next =
        newest
            ? Picture.of(duties, watched, before, growing.sums(), options.validators(), now)
            : before.with(growing.sums(), now);
    if (next.leftOut() > 0 && next.leftOut() != saidLeftOut) {
      LOG.atWarn()
          .addKeyValue("series", options.validators())
          .addKeyValue("leftOut", next.leftOut())
          .log("Not every watched validator has series of its own");
    }
    saidLeftOut = next.leftOut();
    picture = next;
  }

  /**
   * Takes whose turn it is to propose in the slots that are still to come.
   *
   * @param proposers a validator for each slot of which it is known
   */
  public void upcoming(int[] proposers, Watched watched) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    counts.put(Watched.NETWORK, proposers.length);
    watched
        .scopes()
        .forEach(
            (scope, indices) ->
                counts.put(
                    scope,
                    (int)
                        Arrays.stream(proposers)
                            .filter(one -> Arrays.binarySearch(indices, one) >= 0)
                            .count()));
    upcoming = Collections.unmodifiableSortedMap(counts);
  }
}
