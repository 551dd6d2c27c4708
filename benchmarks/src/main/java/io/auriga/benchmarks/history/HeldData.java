package io.auriga.benchmarks.history;

import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.withdrawals.WithdrawalLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store in a folder that outlives the process: PostgreSQL is started on it and stopped. */
final class HeldData implements AutoCloseable {
  /** A question may take as long as it takes; how long is what is asked here. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Path folder;
  private final @Nullable EmbeddedPostgres postgres;
  private final Store store;

  private HeldData(Path folder, @Nullable EmbeddedPostgres postgres, Store store) {
    this.folder = folder;
    this.postgres = postgres;
    this.store = store;
  }

  /** The two kinds of store. */
  enum Kind {
    SQLITE,
    POSTGRESQL;

    String argument() {
      return name().toLowerCase(Locale.ROOT);
    }

    String title() {
      return this == SQLITE ? "SQLite" : "PostgreSQL";
    }
  }

  static HeldData open(Kind kind, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (kind == Kind.SQLITE) {
      return new HeldData(folder, null, store("sqlite:" + folder));
    }
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("cluster"))
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofMinutes(2))
            .start();
    String url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres";
    return new HeldData(folder, postgres, store(url));
  }

  private static Store store(String url) {
    return Store.open(
        StoreConfig.of(url).withBulkLoads().withReadTimeout(PATIENCE), WithdrawalLedger.MIGRATIONS);
  }

  Store store() {
    return store;
  }

  /** What this process and the server's have had of the processors so far. */
  Duration processor() throws IOException {
    Stream<ProcessHandle> own = Stream.of(ProcessHandle.current());
    Stream<ProcessHandle> server = Stream.of();
    if (postgres != null) {
      String pid = Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst();
      server = ProcessHandle.of(Long.parseLong(pid.strip())).stream().flatMap(p -> p.children());
    }
    return Stream.concat(own, server)
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  long bytes() {
    return files().stream().mapToLong(HeldData::size).sum();
  }

  /**
   * Lets the operating system forget what it holds of the files in memory. PostgreSQL keeps its own
   * buffers.
   */
  void forget() {
    for (Path file : files()) {
      run("dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none");
    }
  }

  private static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int _ = process.waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A running server removes files at any time. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
    if (postgres != null) {
      postgres.close();
    }
  }
}
