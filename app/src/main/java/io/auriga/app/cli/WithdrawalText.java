package io.auriga.app.cli;

import io.auriga.app.web.api.ApiJson;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Instant;

/** A withdrawal as a row, and as JSON in the form of the REST interface. */
final class WithdrawalText {
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
        record.stage().lowerName(),
        record.kind().wireName());
  }

  /** All nine places, so that the points stand below one another. */
  private static String ether(WithdrawalRecord record) {
    return new java.math.BigDecimal(UInt64.toBigInteger(record.withdrawal().amount().value()), 9)
        .toPlainString();
  }

  static String json(WithdrawalRecord record) {
    return ApiJson.line(json -> json.withdrawal(record));
  }

  static String json(LedgerGap gap) {
    return ApiJson.line(json -> json.gap(gap));
  }

  static String kind(LedgerGap gap) {
    return gap.lost() ? "lost" : "not-loaded";
  }
}
