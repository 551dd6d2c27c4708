package io.auriga.app;

import io.auriga.app.cli.slashing.InterchangeFile;
import io.auriga.runtime.Background;
import io.auriga.runtime.store.StoreException;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.SlotClock;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.SlashingError;
import io.auriga.validators.slashing.SlashingMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interchange files that validator clients write now and then, taken into the store whenever one
 * changed and rests. A file that cannot be read changes nothing, and is looked at again once it is
 * another.
 */
final class ClientFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientFiles.class);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** A folder that is not what was meant must not keep us for ever. */
  private static final int FILES_MAX = 1_000;

  private final List<Path> places;
  private final ChainSpec spec;
  private final SlotClock clock;
  private final Root chain;
  private final SigningRecords records;
  private final SlashingMetrics metrics;
  private final Map<Path, Look> looks = new HashMap<>();
  private final Map<Path, Look> taken = new HashMap<>();
  private final Set<Path> unreadable = new HashSet<>();
  private final Background background =
      Background.repeating("auriga-client-files", PAUSE, this::lookAgain);

  /** What tells that a file is another one. */
  private record Look(Instant written, long size) {}

  /**
   * @param places files, or folders of {@code *.json} and {@code *.json.gz}
   * @param chain the genesis validators root
   */
  ClientFiles(
      List<Path> places,
      ChainSpec spec,
      SlotClock clock,
      Root chain,
      SigningRecords records,
      SlashingMetrics metrics) {
    this.places = List.copyOf(places);
    this.spec = spec;
    this.clock = clock;
    this.chain = chain;
    this.records = records;
    this.metrics = metrics;
  }

  void start() {
    if (!places.isEmpty()) {
      background.start();
    }
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException failed) {
      LOG.atError().setCause(failed).log("Records of clients could not be looked at");
    }
  }

  /** Takes what changed and did not change since the look before. */
  void look() {
    List<Path> files = files();
    for (Path file : files) {
      try {
        Look now = new Look(Files.getLastModifiedTime(file).toInstant(), Files.size(file));
        boolean rests = now.equals(looks.put(file, now));
        if (rests && !now.equals(taken.put(file, now))) {
          take(file, now.written());
        }
      } catch (IOException gone) {
        looks.remove(file);
        taken.remove(file);
        unreadable.remove(file);
      }
    }
    unreadable.removeIf(file -> !files.contains(file) && !places.contains(file));
    metrics.unreadableFiles(unreadable.size());
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        files.add(place);
        continue;
      }
      try (Stream<Path> in = Files.list(place)) {
        in.filter(file -> file.toString().matches(".*\\.json(\\.gz)?"))
            .filter(Files::isRegularFile)
            .sorted()
            .limit(FILES_MAX)
            .forEach(files::add);
        unreadable.remove(place);
      } catch (IOException | UncheckedIOException failed) {
        refuse(place, "it cannot be listed: " + failed.getMessage());
      }
    }
    return files;
  }

  private void take(Path file, Instant written) {
    try {
      SigningRecords.Imported imported =
          records.add(
              Hex.printable(file.toString()),
              newest -> asOf(written, newest),
              clock.now(),
              chain,
              entries -> InterchangeFile.read(file.toString(), entries));
      unreadable.remove(file);
      LOG.atInfo()
          .addKeyValue("file", file)
          .addKeyValue("keys", imported.keys())
          .addKeyValue("newVotes", imported.votes())
          .log("A client's record of what it signed was read");
    } catch (StoreException away) {
      // Nothing is wrong with the file.
      taken.remove(file);
      throw away;
    } catch (AurigaException refused) {
      refuse(file, String.valueOf(refused.getMessage()));
    } catch (IOException failed) {
      refuse(file, String.valueOf(failed.getMessage()));
    }
  }

  /**
   * Until when the record is complete. The client looked at its own record before it wrote the
   * file, so an epoch is taken off; and a file whose newest vote of any key is much older than its
   * time is a copy of an old one.
   */
  private Optional<Instant> asOf(Instant written, Optional<Epoch> newest) {
    return newest.map(
        last -> {
          Instant told = clock.startOf(spec.startSlotOf(new Epoch(last.value() + 2)));
          Instant safe = written.minus(spec.epochDuration());
          return told.isBefore(safe) ? told : safe;
        });
  }

  private void refuse(Path file, String problem) {
    if (unreadable.add(file)) {
      LOG.atWarn()
          .addKeyValue("code", SlashingError.CLIENT_FILE.code())
          .addKeyValue("file", file)
          .addKeyValue("problem", problem)
          .addKeyValue("remedy", SlashingError.CLIENT_FILE.remedy())
          .log("A client's record of what it signed cannot be read");
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
