package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.expected.ListDifference;
import io.auriga.withdrawals.expected.ReplayVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the pages of one withdrawal and of one block. */
final class Details {
  private static final String KECCAK_NOTE = "Keccak of the header, recomputed";
  private static final String TRIE_NOTE = "Merkle-Patricia root of the list, recomputed";

  private final WebInputs inputs;
  private final WithdrawalQueries queries;

  Details(WebInputs inputs) {
    this.inputs = inputs;
    this.queries = inputs.queries();
  }

  /** Empty if no block held that index. */
  Optional<WithdrawalPage> withdrawal(Chrome chrome, WithdrawalIndex index, Instant now) {
    List<WithdrawalRecord> records = queries.show(index);
    if (records.isEmpty()) {
      return Optional.empty();
    }
    Rows rows = new Rows(inputs.spec(), now);
    long value = index.value();
    return Optional.of(
        new WithdrawalPage(
            chrome,
            Digits.grouped(value),
            records.stream().map(record -> entry(record, rows)).toList(),
            value == 0 ? Optional.empty() : neighbour(value - 1),
            neighbour(value + 1),
            "/api/v1/withdrawals/" + index));
  }

  private Optional<String> neighbour(long index) {
    return queries.show(new WithdrawalIndex(index)).isEmpty()
        ? Optional.empty()
        : Optional.of("/withdrawals/" + UInt64.toDecimal(index));
  }

  private WithdrawalPage.Entry entry(WithdrawalRecord record, Rows rows) {
    Withdrawal withdrawal = record.withdrawal();
    List<WithdrawalPage.Fact> facts = new ArrayList<>(facts(record, withdrawal, rows));
    inputs.kinds().cause(record).ifPresent(cause -> facts.addAll(CauseFacts.of(cause)));
    return new WithdrawalPage.Entry(
        rows.withdrawal(record),
        Amount.exact(withdrawal.amount()),
        Digits.grouped(withdrawal.amount().toWei().value()),
        new Timelines(rows).of(record.times()),
        facts);
  }

  private List<WithdrawalPage.Fact> facts(
      WithdrawalRecord record, Withdrawal withdrawal, Rows rows) {
    return List.of(
        fact(
            "Validator",
            withdrawal.validatorIndex().toString(),
            "",
            "/validators/" + withdrawal.validatorIndex()),
        hash("Address", withdrawal.address().toHex(), "")
            .linked("/addresses/" + withdrawal.address().toHex()),
        fact("Kind", KindLabel.of(record.evidence()).text(), record.evidence().meaning() + ".", ""),
        fact(
            "Slot",
            Digits.grouped(record.slot().value()),
            "epoch "
                + Digits.grouped(inputs.spec().epochOf(record.slot()).value())
                + ", "
                + rows.moment(record.time()).exact(),
            "/blocks/" + record.blockRoot().toHex()),
        fact("Place in the block", Integer.toString(record.position()), "from 0", ""),
        hash("Block root", record.blockRoot().toHex(), "")
            .linked("/blocks/" + record.blockRoot().toHex()),
        fact("Execution block", Digits.grouped(record.blockNumber().value()), "", ""),
        hash("Block hash", record.blockHash().toHex(), KECCAK_NOTE),
        hash("Withdrawals root", record.withdrawalsRoot().toHex(), TRIE_NOTE));
  }

  BlockPage block(
      Chrome chrome, BlockRecord block, List<WithdrawalRecord> withdrawals, Instant now) {
    Rows rows = new Rows(inputs.spec(), now);
    return new BlockPage(
        chrome,
        rows.block(block),
        new Timelines(rows).of(block.times()),
        List.of(
            fact(
                "Slot",
                Digits.grouped(block.slot().value()),
                "epoch "
                    + Digits.grouped(inputs.spec().epochOf(block.slot()).value())
                    + ", "
                    + rows.moment(block.time()).exact(),
                ""),
            fact("Fork", block.fork().lowerName(), "", ""),
            hash("Block root", block.root().toHex(), "SSZ hash-tree-root, recomputed"),
            parent(block),
            fact("Execution block", Digits.grouped(block.number().value()), "", ""),
            hash("Block hash", block.hash().toHex(), KECCAK_NOTE),
            hash("Withdrawals root", block.withdrawalsRoot().toHex(), TRIE_NOTE),
            replay(block)),
        rows.withdrawals(withdrawals),
        "/api/v1/blocks/" + block.root().toHex());
  }

  /** Whether the list is what the protocol's rules give. */
  private WithdrawalPage.Fact replay(BlockRecord block) {
    String label = "Expected withdrawals";
    return inputs
        .replays()
        .find(block.root())
        .map(
            replayed ->
                switch (replayed.verdict()) {
                  case ReplayVerdict.Reproduced() ->
                      fact(label, "Reproduced", "recomputed from the validators before it", "");
                  case ReplayVerdict.Confirmed() ->
                      fact(label, "Confirmed", "the beacon node computes the same itself", "");
                  case ReplayVerdict.Differs(ListDifference difference) ->
                      fact(
                          label,
                          "Differs",
                          difference.summary() + "; " + WithdrawalError.LIST_DIFFERS.code(),
                          "");
                  case ReplayVerdict.NotProvable(ReplayVerdict.Reason _, String detail) ->
                      fact(label, "Not provable", detail, "");
                })
        .orElseGet(() -> fact(label, "Not recomputed", "", ""));
  }

  private WithdrawalPage.Fact parent(BlockRecord block) {
    WithdrawalPage.Fact fact = hash("Parent root", block.parentRoot().toHex(), "");
    return queries.block(block.parentRoot()).isPresent()
        ? fact.linked("/blocks/" + block.parentRoot().toHex())
        : fact;
  }

  static WithdrawalPage.Fact fact(String label, String value, String note, String link) {
    return new WithdrawalPage.Fact(label, value, note, link, false);
  }

  static WithdrawalPage.Fact hash(String label, String value, String note) {
    return new WithdrawalPage.Fact(label, value, note, "", true);
  }
}
