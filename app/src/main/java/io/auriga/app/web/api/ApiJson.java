package io.auriga.app.web.api;

import io.auriga.chain.BlockRef;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.http.Json;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.StageTimes;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.expected.ListDifference;
import io.auriga.withdrawals.expected.ReplayRecord;
import io.auriga.withdrawals.expected.ReplayVerdict;
import io.auriga.withdrawals.kind.RequestCause;
import io.auriga.withdrawals.reconcile.Divergence;
import io.auriga.withdrawals.reconcile.ReconciledBlock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of what the interface gives: see {@code openapi.json} for each. */
public final class ApiJson {
  private final JsonGenerator json;

  ApiJson(JsonGenerator json) {
    this.json = json;
  }

  /** One value without a line break in it, for a command's output. */
  public static String line(Consumer<ApiJson> value) {
    return new String(
        Json.bytes(generator -> value.accept(new ApiJson(generator))), StandardCharsets.UTF_8);
  }

  /** A number, an index, a hash: whatever its {@code toString} says, as a string. */
  ApiJson text(String name, Object value) {
    json.writeStringProperty(name, value.toString());
    return this;
  }

  /** The same, or null. */
  ApiJson text(String name, Optional<?> value) {
    if (value.isEmpty()) {
      json.writeNullProperty(name);
      return this;
    }
    return text(name, value.get());
  }

  ApiJson truth(String name, boolean value) {
    json.writeBooleanProperty(name, value);
    return this;
  }

  public void withdrawal(WithdrawalRecord record) {
    json.writeStartObject();
    text("index", record.withdrawal().index());
    text("validatorIndex", record.withdrawal().validatorIndex());
    text("address", record.withdrawal().address().toHex());
    text("amount", record.withdrawal().amount());
    text("slot", record.slot());
    text("timestamp", record.time().getEpochSecond());
    text("position", record.position());
    text("blockRoot", record.blockRoot());
    text("blockNumber", record.blockNumber());
    text("blockHash", record.blockHash());
    text("withdrawalsRoot", record.withdrawalsRoot());
    stages(record.stage(), record.times());
    text("kind", record.kind().wireName());
    text("kindEvidence", record.evidence().wireName());
    json.writeEndObject();
  }

  void cause(RequestCause cause) {
    json.writeStartObject();
    text("slot", cause.slot());
    text("blockRoot", cause.blockRoot());
    text("blockNumber", cause.blockNumber());
    text("source", cause.source());
    text("validatorKey", cause.validator());
    text("amount", cause.amount());
    truth("proven", cause.isProven());
    text("others", cause.others());
    text("transaction", cause.log().map(RequestCause.Log::transaction));
    text("logIndex", cause.log().map(log -> UInt64.toDecimal(log.index())));
    text("logBlockNumber", cause.log().map(RequestCause.Log::blockNumber));
    json.writeEndObject();
  }

  void divergence(Divergence divergence) {
    json.writeStartObject();
    text("code", divergence.code().code());
    text("meaning", divergence.code().meaning());
    text("remedy", divergence.code().remedy());
    text("slot", divergence.slot());
    text("blockRoot", divergence.root());
    text("subject", divergence.subject());
    text("expected", divergence.expected());
    text("found", divergence.found());
    text("foundAt", divergence.foundAt());
    text("lookedAt", divergence.lookedAt());
    text("resolvedAt", divergence.resolvedAt());
    text("repair", divergence.repair());
    json.writeEndObject();
  }

  void reconciled(ReconciledBlock block) {
    json.writeStartObject();
    text("slot", block.slot());
    text("blockRoot", block.root());
    text("proven", block.proven());
    text("notProvable", block.unprovable());
    text("diverged", block.diverged());
    text("reason", block.reason());
    text("checkedAt", block.checkedAt());
    json.writeEndObject();
  }

  void block(BlockRecord block) {
    json.writeStartObject();
    blockFields(block);
    json.writeEndObject();
  }

  void blockFields(BlockRecord block) {
    text("slot", block.slot());
    text("root", block.root());
    text("parentRoot", block.parentRoot());
    text("fork", block.fork().lowerName());
    text("timestamp", block.time().getEpochSecond());
    truth("canonical", block.canonical());
    text("blockNumber", block.number());
    text("blockHash", block.hash());
    text("withdrawalsRoot", block.withdrawalsRoot());
    text("withdrawalCount", block.withdrawals());
    text("totalAmount", block.total());
    stages(block.stage(), block.times());
  }

  /** What came of recomputing a block's withdrawals; null where that was not done. */
  void expectedWithdrawals(Optional<ReplayRecord> replayed) {
    if (replayed.isEmpty()) {
      json.writeNullProperty("expectedWithdrawals");
      return;
    }
    ReplayVerdict verdict = replayed.get().verdict();
    json.writeObjectPropertyStart("expectedWithdrawals");
    text("verdict", verdict.text());
    if (verdict instanceof ReplayVerdict.NotProvable(ReplayVerdict.Reason reason, String detail)) {
      text("reason", reason.text());
      text("detail", detail);
    } else {
      json.writeNullProperty("reason");
      json.writeNullProperty("detail");
    }
    if (verdict instanceof ReplayVerdict.Differs(ListDifference difference)) {
      json.writeObjectPropertyStart("difference");
      text("code", WithdrawalError.LIST_DIFFERS.code());
      text("entry", difference.entry());
      text("field", difference.field().text());
      text("expected", difference.expected());
      text("found", difference.found());
      json.writeEndObject();
    } else {
      json.writeNullProperty("difference");
    }
    text("at", replayed.get().at());
    json.writeEndObject();
  }

  public void gap(LedgerGap found) {
    IndexGap gap = found.gap();
    json.writeStartObject();
    text("kind", found.lost() ? "lost" : "not-loaded");
    text("firstIndex", gap.first());
    text("lastIndex", gap.last());
    text("count", gap.count());
    reference("after", gap.after());
    reference("before", Optional.of(gap.before()));
    json.writeEndObject();
  }

  ApiJson reference(String name, Optional<BlockRef> block) {
    if (block.isEmpty()) {
      json.writeNullProperty(name);
      return this;
    }
    json.writeObjectPropertyStart(name);
    text("slot", block.get().slot());
    text("root", block.get().root());
    json.writeEndObject();
    return this;
  }

  private void stages(Stage stage, StageTimes times) {
    text("stage", stage.lowerName());
    json.writeObjectPropertyStart("stages");
    text("consensus", times.consensus());
    text("execution", times.execution());
    text("safe", times.safe());
    text("finalized", times.finalized());
    text("orphaned", times.orphaned());
    json.writeEndObject();
  }
}
