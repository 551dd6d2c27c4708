package io.auriga.crypto.trie;

import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Address;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.util.List;

/**
 * The execution layer's {@code withdrawalsRoot} of EIP-4895: the Merkle-Patricia root of the list
 * of {@code rlp([index, validatorIndex, address, amount in Gwei])}. Not the consensus layer's
 * {@code withdrawals_root}, which is an SSZ root of the same list.
 */
public final class WithdrawalsRoot {
  /** The root of a block without withdrawals: {@code 0x56e81f17…b421}. */
  public static final Root EMPTY = MerklePatricia.EMPTY;

  private WithdrawalsRoot() {}

  public static Root of(List<Withdrawal> withdrawals) {
    if (withdrawals.isEmpty()) {
      return EMPTY;
    }
    RlpWriter writer = new RlpWriter();
    byte[] address = new byte[Address.LENGTH];
    int[] bounds = new int[withdrawals.size() + 1];
    for (int i = 0; i < withdrawals.size(); i++) {
      Withdrawal withdrawal = withdrawals.get(i);
      withdrawal.address().copyTo(address, 0);
      writer
          .beginList()
          .uint64(withdrawal.index().value())
          .uint64(withdrawal.validatorIndex().value())
          .bytes(address)
          .uint64(withdrawal.amount().value())
          .endList();
      bounds[i + 1] = writer.size();
    }
    return MerklePatricia.rootOf(new Encoded(writer.toBytes(), bounds));
  }

  /** Items one after the other in one array. */
  private static final class Encoded implements MerklePatricia.Items {
    private final byte[] data;
    private final int[] bounds;

    Encoded(byte[] data, int[] bounds) {
      this.data = data;
      this.bounds = bounds;
    }

    @Override
    public int count() {
      return bounds.length - 1;
    }

    @Override
    public byte[] array(int item) {
      return data;
    }

    @Override
    public int offset(int item) {
      return bounds[item];
    }

    @Override
    public int length(int item) {
      return bounds[item + 1] - bounds[item];
    }
  }
}
