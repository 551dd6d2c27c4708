package io.auriga.app.cli;

import io.auriga.chain.BlockRef;
import io.auriga.chain.IndexGap;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.StageTimes;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal as a row, as a line of CSV and as JSON; the latter two have the names and the forms
 * of the REST interface.
 */
final class WithdrawalText {
  /** The heading of the CSV form. */
  static final String CSV_HEADING =
      "index,validatorIndex,address,amount,slot,timestamp,position,blockRoot,blockNumber,"
          + "blockHash,withdrawalsRoot,stage,consensusAt,executionAt,safeAt,finalizedAt,orphanedAt,"
          + "kind,kindEvidence";

  private WithdrawalText() {}

  static TextTable table() {
    return new TextTable(
        TextTable.Column.right("INDEX"),
        TextTable.Column.right("VALIDATOR"),
        TextTable.Column.left("ADDRESS"),
        TextTable.Column.right("ETH"),
        TextTable.Column.right("SLOT"),
        TextTable.Column.right("BLOCK"),
        TextTable.Column.right("WHEN"),
        TextTable.Column.left("STAGE"),
        TextTable.Column.left("KIND"));
  }

  static void addTo(TextTable table, WithdrawalRecord record, Instant now) {
    table.add(
        record.withdrawal().index().toString(),
        record.withdrawal().validatorIndex().toString(),
        record.withdrawal().address().toHex(),
        ether(record),
        record.slot().toString(),
        record.blockNumber().toString(),
        TimeText.ago(record.time(), now),
        name(record.stage()),
        record.kind().wireName());
  }

  /** All nine places, so that the points stand below one another. */
  private static String ether(WithdrawalRecord record) {
    return new java.math.BigDecimal(UInt64.toBigInteger(record.withdrawal().amount().value()), 9)
        .toPlainString();
  }

  static String name(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /** No value can hold a comma, a quote or a line break: all are numbers, hex, names or times. */
  static String csv(WithdrawalRecord record) {
    StageTimes times = record.times();
    return String.join(
        ",",
        List.of(
            record.withdrawal().index().toString(),
            record.withdrawal().validatorIndex().toString(),
            record.withdrawal().address().toHex(),
            record.withdrawal().amount().toString(),
            record.slot().toString(),
            Long.toString(record.time().getEpochSecond()),
            Integer.toString(record.position()),
            record.blockRoot().toHex(),
            record.blockNumber().toString(),
            record.blockHash().toHex(),
            record.withdrawalsRoot().toHex(),
            name(record.stage()),
            times.consensus().toString(),
            times.execution().map(Instant::toString).orElse(""),
            times.safe().map(Instant::toString).orElse(""),
            times.finalized().map(Instant::toString).orElse(""),
            times.orphaned().map(Instant::toString).orElse(""),
            record.kind().wireName(),
            record.evidence().wireName()));
  }

  static String json(WithdrawalRecord record) {
    return JsonLine.of(
        json ->
            json.text("index", record.withdrawal().index().toString())
                .text("validatorIndex", record.withdrawal().validatorIndex().toString())
                .text("address", record.withdrawal().address().toHex())
                .text("amount", record.withdrawal().amount().toString())
                .text("slot", record.slot().toString())
                .text("timestamp", Long.toString(record.time().getEpochSecond()))
                .text("position", Integer.toString(record.position()))
                .text("blockRoot", record.blockRoot().toHex())
                .text("blockNumber", record.blockNumber().toString())
                .text("blockHash", record.blockHash().toHex())
                .text("withdrawalsRoot", record.withdrawalsRoot().toHex())
                .text("stage", name(record.stage()))
                .object("stages", stages -> times(stages, record.times()))
                .text("kind", record.kind().wireName())
                .text("kindEvidence", record.evidence().wireName()));
  }

  private static void times(JsonLine json, StageTimes times) {
    json.text("consensus", times.consensus().toString())
        .text("execution", text(times.execution()))
        .text("safe", text(times.safe()))
        .text("finalized", text(times.finalized()))
        .text("orphaned", text(times.orphaned()));
  }

  private static @Nullable String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  static String json(IndexGap gap) {
    return JsonLine.of(
        json -> {
          json.text("firstIndex", gap.first().toString())
              .text("lastIndex", gap.last().toString())
              .text("count", Long.toString(gap.count()));
          gap.after()
              .ifPresentOrElse(
                  after -> json.object("after", block -> reference(block, after)),
                  () -> json.text("after", null));
          json.object("before", block -> reference(block, gap.before()));
        });
  }

  private static void reference(JsonLine json, BlockRef block) {
    json.text("slot", block.slot().toString()).text("root", block.root().toHex());
  }
}
