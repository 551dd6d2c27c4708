package io.auriga.crypto.ssz;

import io.auriga.crypto.execution.ByteString;
import io.auriga.crypto.trie.MerklePatricia;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** A checked execution payload, read where it lies: in a beacon block, or alone. */
public final class PayloadView {
  private static final int VALIDATOR_INDEX = 8;
  private static final int ADDRESS = 16;
  private static final int AMOUNT = 36;

  private final SszView payload;
  private final SszView transactions;
  private final SszView withdrawals;

  PayloadView(SszView payload) {
    this.payload = payload;
    this.transactions = payload.field("transactions");
    this.withdrawals = payload.field("withdrawals");
  }

  /**
   * A payload that stands alone. Checks the bytes, which must not change afterwards.
   *
   * @throws SszException if they are not a payload of the fork
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public static PayloadView of(BlockSchemas schemas, ForkName fork, byte[] ssz) {
    return new PayloadView(SszView.of(schemas.type(fork, "ExecutionPayload"), ssz));
  }

  public BlockHash parentHash() {
    return blockHash("parent_hash");
  }

  public Address feeRecipient() {
    return Address.at(payload.data(), payload.positionOf("fee_recipient", Address.LENGTH));
  }

  public Root stateRoot() {
    return payload.root("state_root");
  }

  public Root receiptsRoot() {
    return payload.root("receipts_root");
  }

  public ByteString logsBloom() {
    return byteString("logs_bloom");
  }

  public Root prevRandao() {
    return payload.root("prev_randao");
  }

  public BlockNumber blockNumber() {
    return new BlockNumber(payload.uint64("block_number"));
  }

  public long gasLimit() {
    return payload.uint64("gas_limit");
  }

  public long gasUsed() {
    return payload.uint64("gas_used");
  }

  /** Seconds since 1970. */
  public long timestamp() {
    return payload.uint64("timestamp");
  }

  public ByteString extraData() {
    return byteString("extra_data");
  }

  public Wei baseFeePerGas() {
    byte[] bytes = payload.field("base_fee_per_gas").toBytes();
    for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
      byte swapped = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = swapped;
    }
    return new Wei(new BigInteger(1, bytes));
  }

  /** What the proposer says the block hash is. */
  public BlockHash blockHash() {
    return blockHash("block_hash");
  }

  /** Empty before Deneb. */
  public OptionalLong blobGasUsed() {
    return sinceDeneb("blob_gas_used");
  }

  /** Empty before Deneb. */
  public OptionalLong excessBlobGas() {
    return sinceDeneb("excess_blob_gas");
  }

  public int withdrawalCount() {
    return withdrawals.count();
  }

  public Withdrawal withdrawal(int index) {
    int at = withdrawals.elementOffset(Objects.checkIndex(index, withdrawalCount()));
    byte[] data = withdrawals.data();
    return new Withdrawal(
        new WithdrawalIndex(LittleEndian.int64(data, at)),
        new ValidatorIndex(LittleEndian.int64(data, at + VALIDATOR_INDEX)),
        Address.at(data, at + ADDRESS),
        new Gwei(LittleEndian.int64(data, at + AMOUNT)));
  }

  public List<Withdrawal> withdrawals() {
    int count = withdrawalCount();
    List<Withdrawal> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(withdrawal(i));
    }
    return List.copyOf(list);
  }

  public int transactionCount() {
    return transactions.count();
  }

  /** The Merkle-Patricia root of the transactions, as in the execution header. */
  public Root transactionsRoot() {
    return MerklePatricia.rootOf(new Elements(transactions));
  }

  /** The Merkle-Patricia root of the withdrawals, as in the execution header. */
  public Root withdrawalsMptRoot() {
    return WithdrawalsRoot.of(withdrawals());
  }

  /** The SSZ root of the withdrawals, as in the consensus layer's payload header. */
  public Root withdrawalsSszRoot() {
    return withdrawals.hashTreeRoot();
  }

  /** The SSZ root of the whole payload. */
  public Root payloadRoot() {
    return payload.hashTreeRoot();
  }

  private OptionalLong sinceDeneb(String field) {
    return payload.has(field) ? OptionalLong.of(payload.uint64(field)) : OptionalLong.empty();
  }

  private BlockHash blockHash(String field) {
    return BlockHash.at(payload.data(), payload.positionOf(field, BlockHash.LENGTH));
  }

  private ByteString byteString(String field) {
    SszView bytes = payload.field(field);
    return ByteString.at(bytes.data(), bytes.offset(), bytes.length());
  }

  /** The elements of an SSZ list, where they lie. */
  private static final class Elements implements MerklePatricia.Items {
    private final SszView list;
    private final int count;

    Elements(SszView list) {
      this.list = list;
      this.count = list.count();
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public byte[] array(int item) {
      return list.data();
    }

    @Override
    public int offset(int item) {
      return list.elementOffset(item);
    }

    @Override
    public int length(int item) {
      return list.elementEnd(item) - list.elementOffset(item);
    }
  }
}
