package io.auriga.testkit.simulation;

import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** False answers that look right. */
final class Lies {
  private static final int WITHDRAWAL_BYTES = 44;

  // The first byte of each field of a withdrawal in SSZ: index, validator, address, amount.
  private static final int[] FIELDS = {0, 8, 16, 36};

  private Lies() {}

  /** The block with one field of one withdrawal changed; empty if it has no withdrawals. */
  static Optional<byte[]> changedWithdrawal(SimulatedBlock block, Trouble trouble) {
    SszView withdrawals = block.view().body().field("execution_payload").field("withdrawals");
    int count = withdrawals.length() / WITHDRAWAL_BYTES;
    if (count == 0) {
      return Optional.empty();
    }
    byte[] ssz = block.view().bytes().clone();
    int entry = trouble.choose(count, "entry", block.root());
    int field = FIELDS[trouble.choose(FIELDS.length, "field", block.root())];
    ssz[withdrawals.offset() + entry * WITHDRAWAL_BYTES + field] ^= 1;
    return Optional.of(ssz);
  }

  /** The execution block with a changed withdrawal, a missing one, or a changed header. */
  static ExecutionBlock execution(SimulatedBlock block, Trouble trouble) {
    List<Withdrawal> withdrawals = new ArrayList<>(block.withdrawals());
    int kind = withdrawals.isEmpty() ? 2 : trouble.choose(3, "lie", block.root());
    switch (kind) {
      case 0 -> withdrawals.set(0, richer(withdrawals.getFirst()));
      case 1 -> withdrawals.removeLast();
      default -> {
        return new ExecutionBlock(
            otherState(block.header()), block.blockHash(), block.withdrawals());
      }
    }
    return new ExecutionBlock(block.header(), block.blockHash(), withdrawals);
  }

  private static Withdrawal richer(Withdrawal withdrawal) {
    return new Withdrawal(
        withdrawal.index(),
        withdrawal.validatorIndex(),
        withdrawal.address(),
        new Gwei(withdrawal.amount().value() + 1));
  }

  private static ExecutionHeader otherState(ExecutionHeader header) {
    return new ExecutionHeader(
        header.parentHash(),
        header.ommersHash(),
        header.feeRecipient(),
        Root.ZERO,
        header.transactionsRoot(),
        header.receiptsRoot(),
        header.logsBloom(),
        header.difficulty(),
        header.number(),
        header.gasLimit(),
        header.gasUsed(),
        header.timestamp(),
        header.extraData(),
        header.prevRandao(),
        header.nonce(),
        header.baseFeePerGas(),
        header.withdrawalsRoot(),
        header.blobFields(),
        header.requestsHash());
  }
}
