package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.withdrawals.expected.ListDifference.Field;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRecordsTest {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.000001Z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void keepsEachVerdictAsItIs(String database) {
    String url =
        database.equals("sqlite")
            ? EmbeddedStores.sqlite(folder.resolve("data"))
            : EmbeddedStores.postgres();
    try (Store store = Store.open(url, ReplayRecords.MIGRATIONS)) {
      ReplayRecords records = new ReplayRecords(store);
      assertThat(records.find(root(1))).isEmpty();
      for (Field field : Field.values()) {
        assertKept(records, new Differs(new ListDifference(3, field, "a", "b")));
      }
      assertThat(records.differing(10)).hasSize(1);
      for (Reason reason : Reason.values()) {
        assertKept(records, new NotProvable(reason, "why"));
      }
      assertKept(records, new Confirmed());
      assertKept(records, new Reproduced());
      assertThat(records.differing(10)).isEmpty();
    }
  }

  private static void assertKept(ReplayRecords records, ReplayVerdict verdict) {
    ReplayRecord record = new ReplayRecord(new Slot(7), root(1), verdict, AT);
    records.save(record);
    records.save(record);
    assertThat(records.find(root(1))).contains(record);
  }

  private static Root root(int value) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) value;
    return Root.of(bytes);
  }
}
