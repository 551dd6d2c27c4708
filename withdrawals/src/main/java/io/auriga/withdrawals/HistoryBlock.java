package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * A verified block reduced to what the ledger keeps of it, so that an era of them fits in a few
 * megabytes. The withdrawals stay as the SSZ list that they were.
 */
public final class HistoryBlock {
  private static final int WITHDRAWAL_BYTES = 44;
  private static final int VALIDATOR = 8;
  private static final int ADDRESS = 16;
  private static final int AMOUNT = 36;
  private static final VarHandle UINT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BlockRef ref;
  private final Root parentRoot;
  private final ForkName fork;
  private final BlockNumber number;
  private final BlockHash hash;
  private final Root withdrawalsRoot;
  private final long timestamp;
  private final Root stateRoot;
  private final byte[] withdrawals;
  private final BlockRequests requests;

  /**
   * @param withdrawalsRoot the Merkle-Patricia root of the list, as in the execution header
   * @param timestamp the start of the slot in seconds since 1970
   * @param stateRoot of the state that it left
   * @param withdrawals the SSZ of the list of withdrawals, which must not change afterwards
   */
  public HistoryBlock(
      BlockRef ref,
      Root parentRoot,
      ForkName fork,
      BlockNumber number,
      BlockHash hash,
      Root withdrawalsRoot,
      long timestamp,
      Root stateRoot,
      byte[] withdrawals,
      BlockRequests requests) {
    if (withdrawals.length % WITHDRAWAL_BYTES != 0) {
      throw new IllegalArgumentException(withdrawals.length + " bytes are no list of withdrawals");
    }
    this.ref = ref;
    this.parentRoot = parentRoot;
    this.fork = fork;
    this.number = number;
    this.hash = hash;
    this.withdrawalsRoot = withdrawalsRoot;
    this.timestamp = timestamp;
    this.stateRoot = stateRoot;
    this.requests = requests;
    this.withdrawals = withdrawals;
  }

  /** The same of a block whose roots were recomputed. */
  public static HistoryBlock of(SignedBlockView view, Root root, Root withdrawalsRoot) {
    SszView list = view.body().field("execution_payload").field("withdrawals");
    return new HistoryBlock(
        new BlockRef(view.slot(), root),
        view.parentRoot(),
        view.fork(),
        view.payload().blockNumber(),
        view.payload().blockHash(),
        withdrawalsRoot,
        view.payload().timestamp(),
        view.stateRoot(),
        list.toBytes(),
        BlockRequests.of(view));
  }

  public static HistoryBlock of(ChainBlock block) {
    return of(block.view(), block.root(), block.withdrawalsRoot());
  }

  public BlockRef ref() {
    return ref;
  }

  public Root parentRoot() {
    return parentRoot;
  }

  /** How many withdrawals it has. */
  public int count() {
    return withdrawals.length / WITHDRAWAL_BYTES;
  }

  ForkName fork() {
    return fork;
  }

  BlockNumber number() {
    return number;
  }

  BlockHash hash() {
    return hash;
  }

  Root withdrawalsRoot() {
    return withdrawalsRoot;
  }

  long timestamp() {
    return timestamp;
  }

  Root stateRoot() {
    return stateRoot;
  }

  BlockRequests requests() {
    return requests;
  }

  long slot() {
    return ref.slot().value();
  }

  long index(int withdrawal) {
    return uint64(withdrawal, 0);
  }

  long validator(int withdrawal) {
    return uint64(withdrawal, VALIDATOR);
  }

  long amount(int withdrawal) {
    return uint64(withdrawal, AMOUNT);
  }

  /** The bytes that hold every address, {@link Address#LENGTH} of them from its offset on. */
  byte[] bytes() {
    return withdrawals;
  }

  static int addressOffset(int withdrawal) {
    return withdrawal * WITHDRAWAL_BYTES + ADDRESS;
  }

  /** What its withdrawals amount to; none of them is above 63 bits. */
  BigInteger total() {
    long sum = 0;
    for (int i = 0; i < count(); i++) {
      sum = Math.addExact(sum, amount(i));
    }
    return BigInteger.valueOf(sum);
  }

  private long uint64(int withdrawal, int offset) {
    return (long) UINT64.get(withdrawals, withdrawal * WITHDRAWAL_BYTES + offset);
  }
}
