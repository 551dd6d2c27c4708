package io.auriga.app.web.page;

import io.auriga.types.ChainSpec;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Instant;
import java.util.List;

/** Turns the ledger's records into lines of tables, as of one moment. */
final class Rows {
  private final ChainSpec spec;
  private final Instant now;

  Rows(ChainSpec spec, Instant now) {
    this.spec = spec;
    this.now = now;
  }

  List<WithdrawalRow> withdrawals(List<WithdrawalRecord> records) {
    return records.stream().map(this::withdrawal).toList();
  }

  WithdrawalRow withdrawal(WithdrawalRecord record) {
    return new WithdrawalRow(
        record.withdrawal().index() + "-" + record.blockRoot().toShortHex(),
        record.withdrawal().index().toString(),
        Digits.grouped(record.withdrawal().index().value()),
        record.withdrawal().validatorIndex().toString(),
        record.withdrawal().address().toHex(),
        Amount.inRow(record.withdrawal().amount()),
        record.slot().toString(),
        Digits.grouped(record.slot().value()),
        record.blockRoot().toHex(),
        Digits.grouped(record.blockNumber().value()),
        moment(record.time()),
        chip(record.stage()),
        KindLabel.of(record.evidence()),
        record.stage() == Stage.ORPHANED);
  }

  List<BlockRow> blocks(List<BlockRecord> records) {
    return records.stream().map(this::block).toList();
  }

  BlockRow block(BlockRecord block) {
    return new BlockRow(
        block.root().toShortHex(),
        block.root().toHex(),
        Digits.grouped(block.slot().value()),
        Digits.grouped(spec.epochOf(block.slot()).value()),
        Digits.grouped(block.number().value()),
        block.hash().toHex(),
        block.fork().lowerName(),
        block.withdrawals(),
        Amount.inRow(block.total()),
        moment(block.time()),
        chip(block.stage()),
        !block.canonical());
  }

  Moment moment(Instant at) {
    return Moment.of(at, now);
  }

  static StageChip chip(Stage stage) {
    return switch (stage) {
      case CONSENSUS -> StageChip.CONSENSUS;
      case EXECUTION -> StageChip.EXECUTION;
      case SAFE -> StageChip.SAFE;
      case FINALIZED -> StageChip.FINALIZED;
      case ORPHANED -> StageChip.ORPHANED;
    };
  }
}
