package io.auriga.benchmarks;

import io.auriga.crypto.execution.BlobFields;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.Hex;
import io.auriga.types.Withdrawal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One block of a {@link SyntheticChain}, as the beacon node and as the execution node has it. */
public record SyntheticBlock(SignedBlockView view, List<SyntheticTransaction> transactions) {
  public SyntheticBlock {
    transactions = List.copyOf(transactions);
  }

  public byte[] ssz() {
    return view.bytes();
  }

  public ExecutionHeader header() {
    return PayloadHeader.of(view);
  }

  /** The result of {@code eth_getBlockByHash(hash, true)}: every transaction in full. */
  public byte[] json() {
    ExecutionHeader header = header();
    BlobFields blobs = Objects.requireNonNull(header.blobFields());
    String hash = header.hash().toHex();
    String number = SyntheticTransaction.quantity(header.number().value());
    StringBuilder json = new StringBuilder(1 << 20).append('{');
    field(json, "hash", hash);
    field(json, "parentHash", header.parentHash().toHex());
    field(json, "sha3Uncles", header.ommersHash().toHex());
    field(json, "miner", header.feeRecipient().toHex());
    field(json, "stateRoot", header.stateRoot().toHex());
    field(json, "transactionsRoot", header.transactionsRoot().toHex());
    field(json, "receiptsRoot", header.receiptsRoot().toHex());
    field(json, "logsBloom", Hex.toHex(header.logsBloom().toBytes()));
    field(json, "difficulty", "0x0");
    field(json, "number", number);
    quantity(json, "gasLimit", header.gasLimit());
    quantity(json, "gasUsed", header.gasUsed());
    quantity(json, "timestamp", header.timestamp());
    field(json, "extraData", Hex.toHex(header.extraData().toBytes()));
    field(json, "mixHash", header.prevRandao().toHex());
    field(json, "nonce", "0x0000000000000000");
    quantity(json, "baseFeePerGas", header.baseFeePerGas().value().longValueExact());
    field(json, "withdrawalsRoot", header.withdrawalsRoot().toHex());
    quantity(json, "blobGasUsed", blobs.blobGasUsed());
    quantity(json, "excessBlobGas", blobs.excessBlobGas());
    field(json, "parentBeaconBlockRoot", blobs.parentBeaconBlockRoot().toHex());
    field(json, "requestsHash", Objects.requireNonNull(header.requestsHash()).toHex());
    quantity(json, "size", view.bytes().length);
    json.append("\"transactions\":[");
    for (int i = 0; i < transactions.size(); i++) {
      json.append(i == 0 ? "" : ",");
      transactions.get(i).appendJson(json, i, hash, number);
    }
    json.append("],\"uncles\":[],\"withdrawals\":[");
    for (Withdrawal withdrawal : view.payload().withdrawals()) {
      json.append(json.charAt(json.length() - 1) == '[' ? "{" : ",{");
      quantity(json, "index", withdrawal.index().value());
      quantity(json, "validatorIndex", withdrawal.validatorIndex().value());
      field(json, "address", withdrawal.address().toHex());
      quantity(json, "amount", withdrawal.amount().value());
      json.setCharAt(json.length() - 1, '}');
    }
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void quantity(StringBuilder json, String name, long value) {
    field(json, name, SyntheticTransaction.quantity(value));
  }

  private static void field(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"").append(value).append("\",");
  }
}
