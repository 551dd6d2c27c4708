package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that writes is killed at a random point; what it had reported as committed is there.
 */
class KilledProcessTest {
  private static final int PAIR = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsCommittedRowsAndNoHalfTransaction(long seed) throws Exception {
    String url = EmbeddedStores.sqlite(folder);
    killAndOpenAgain(url, seed);
    try (Store store = Store.open(url, StoreContract.NOTES)) {
      List<String> integrity =
          store.read(
              read -> read.query("PRAGMA integrity_check", row -> row.text("integrity_check")));
      assertThat(integrity).containsExactly("ok");
    }
  }

  @Test
  void givesTheRightToWriteInPostgresBackWhenTheProcessIsKilled() throws Exception {
    killAndOpenAgain(EmbeddedStores.postgres(), 4);
  }

  private static void killAndOpenAgain(String url, long seed) throws Exception {
    int reportsBeforeTheKill = 1 + new Random(seed).nextInt(40);
    Process writer = start(url);
    long reported = -1;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < reportsBeforeTheKill; i++) {
        String line = output.readLine();
        assertThat(line).as("report %d of the writing process", i).isNotNull();
        reported = Long.parseLong(line);
      }
      anotherProcessMayReadButNotWrite(url, writer.pid(), reported);
      // Not Process.destroyForcibly, which would close the stream as well.
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      // It may have reported more before it died.
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        reported = line.matches("\\d+") ? Math.max(reported, Long.parseLong(line)) : reported;
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    long last = reported;
    try (Store reader = Store.openReadOnly(url, StoreContract.NOTES)) {
      checkRows(StoreContract.ids(reader), last);
    }
    try (Store store = Store.open(url, StoreContract.NOTES)) {
      checkRows(StoreContract.ids(store), last);
    }
  }

  private static void anotherProcessMayReadButNotWrite(String url, long pid, long reported) {
    try (Store reader = Store.openReadOnly(url, StoreContract.NOTES)) {
      checkRows(StoreContract.ids(reader), reported);
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url, StoreContract.NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED))
        .withMessageContaining("process " + pid);
  }

  private static void checkRows(List<Long> ids, long reported) {
    assertThat(ids.size()).isGreaterThanOrEqualTo((int) (reported + 1) * PAIR);
    assertThat(ids.size() % PAIR).isZero();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(i);
    }
  }

  private static Process start(String url) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            url)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Commits pairs of rows without end and reports the number of each committed pair. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      try (Store store = Store.open(arguments[0], StoreContract.NOTES)) {
        for (long pair = 0; ; pair++) {
          long first = pair * PAIR;
          store.inTransaction(
              tx -> {
                tx.update(StoreContract.INSERT, first, "first", new byte[500]);
                return tx.update(StoreContract.INSERT, first + 1, "second", new byte[500]);
              });
          System.out.println(pair);
        }
      }
    }
  }
}
