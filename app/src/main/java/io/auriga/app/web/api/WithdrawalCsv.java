package io.auriga.app.web.api;

import io.auriga.withdrawals.StageTimes;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Instant;
import java.util.Optional;

/** A withdrawal as a line of comma-separated values; its columns are the JSON form's properties. */
public final class WithdrawalCsv {
  /** The names of the columns. */
  public static final String HEADING =
      "index,validatorIndex,address,amount,slot,timestamp,position,blockRoot,blockNumber,"
          + "blockHash,withdrawalsRoot,stage,consensusAt,executionAt,safeAt,finalizedAt,orphanedAt,"
          + "kind,kindEvidence";

  private WithdrawalCsv() {}

  /**
   * One line without its end. No value can hold a comma, a quote, a line break or a formula: all
   * are numbers, hex, names or times.
   */
  public static String line(WithdrawalRecord record) {
    StageTimes times = record.times();
    return String.join(
        ",",
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
        record.stage().lowerName(),
        times.consensus().toString(),
        time(times.execution()),
        time(times.safe()),
        time(times.finalized()),
        time(times.orphaned()),
        record.kind().wireName(),
        record.evidence().wireName());
  }

  private static String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }
}
