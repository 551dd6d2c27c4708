package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ChainSpec;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.types.WithdrawalRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small blocks as SSZ, with nothing in them but what the ledger looks at. */
final class TestBlocks {
  static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration SLOT = Duration.ofSeconds(12);

  private static final BlockSchemas SCHEMAS = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
  private static final ForkName FORK = ForkName.CAPELLA;

  /** Of a deposit of the old bridge: 33 hashes. */
  private static final int PROOF_BYTES = 33 * 32;

  private TestBlocks() {}

  /** What a block carries beside its withdrawals. */
  record Requests(
      List<WithdrawalRequest> withdrawals,
      List<Deposit> deposits,
      List<ConsolidationRequest> consolidations) {
    static final Requests NONE = new Requests(List.of(), List.of(), List.of());
  }

  /** A block, and what a test may want different about it. */
  record Draft(
      long slot,
      Root parent,
      long number,
      List<Withdrawal> withdrawals,
      long variant,
      boolean optimistic,
      Optional<Instant> executedAt,
      ForkName fork,
      Requests requests) {

    Draft withVariant(long value) {
      return new Draft(
          slot, parent, number, withdrawals, value, optimistic, executedAt, fork, requests);
    }

    Draft withOptimistic() {
      return new Draft(
          slot, parent, number, withdrawals, variant, true, executedAt, fork, requests);
    }

    Draft inElectra(WithdrawalRequest... asked) {
      return new Draft(
          slot,
          parent,
          number,
          withdrawals,
          variant,
          optimistic,
          executedAt,
          ForkName.ELECTRA,
          new Requests(List.of(asked), requests.deposits(), requests.consolidations()));
    }

    /** Puts in for validators: by requests in Electra, by the old bridge before. */
    Draft deposits(Deposit... deposits) {
      return with(
          new Requests(requests.withdrawals(), List.of(deposits), requests.consolidations()));
    }

    /** Asks to consolidate, from Electra on. */
    Draft consolidates(ConsolidationRequest... asked) {
      return with(new Requests(requests.withdrawals(), requests.deposits(), List.of(asked)));
    }

    private Draft with(Requests other) {
      return new Draft(
          slot, parent, number, withdrawals, variant, optimistic, executedAt, fork, other);
    }

    Draft executed() {
      return new Draft(
          slot,
          parent,
          number,
          withdrawals,
          variant,
          optimistic,
          Optional.of(seen().plusMillis(3)),
          fork,
          requests);
    }

    private Instant seen() {
      return startOf(slot).plusMillis(700);
    }

    ChainBlock block() {
      SignedBlockView view = SignedBlockView.of(SCHEMAS, fork, ssz());
      return new ChainBlock(
          view,
          view.blockRoot(),
          view.payload().blockNumber(),
          view.payload().blockHash(),
          view.payload().withdrawalsMptRoot(),
          view.payload().withdrawals(),
          optimistic,
          seen(),
          executedAt);
    }

    private byte[] ssz() {
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      for (Withdrawal withdrawal : withdrawals) {
        list.writeBytes(SszWriter.uint64(withdrawal.index().value()));
        list.writeBytes(SszWriter.uint64(withdrawal.validatorIndex().value()));
        list.writeBytes(withdrawal.address().toBytes());
        list.writeBytes(SszWriter.uint64(withdrawal.amount().value()));
      }
      byte[] payload =
          writer(fork, "ExecutionPayload")
              .set("block_number", number)
              .set("timestamp", startOf(slot).getEpochSecond())
              .set("block_hash", hash().toBytes())
              .set("withdrawals", list.toByteArray())
              .toBytes();
      SszWriter body = writer(fork, "BeaconBlockBody").set("execution_payload", payload);
      if (fork.isAtLeast(ForkName.ELECTRA)) {
        body.set("execution_requests", requested());
      } else {
        body.set("deposits", bridged());
      }
      byte[] block =
          writer(fork, "BeaconBlock")
              .set("slot", slot)
              .set("proposer_index", variant)
              .set("parent_root", parent.toBytes())
              .set("state_root", stateRoot().toBytes())
              .set("body", body.toBytes())
              .toBytes();
      return SszWriter.ofDefaults(SCHEMAS.signedBlock(fork)).set("message", block).toBytes();
    }

    private byte[] requested() {
      ByteArrayOutputStream deposits = new ByteArrayOutputStream();
      for (Deposit deposit : requests.deposits()) {
        deposits.writeBytes(data(deposit));
        deposits.writeBytes(new byte[Long.BYTES]);
      }
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      for (WithdrawalRequest request : requests.withdrawals()) {
        list.writeBytes(request.source().toBytes());
        list.writeBytes(request.validator().toBytes());
        list.writeBytes(SszWriter.uint64(request.amount().value()));
      }
      ByteArrayOutputStream consolidations = new ByteArrayOutputStream();
      for (ConsolidationRequest request : requests.consolidations()) {
        consolidations.writeBytes(request.source().toBytes());
        consolidations.writeBytes(request.from().toBytes());
        consolidations.writeBytes(request.into().toBytes());
      }
      return writer(fork, "ExecutionRequests")
          .set("deposits", deposits.toByteArray())
          .set("withdrawals", list.toByteArray())
          .set("consolidations", consolidations.toByteArray())
          .toBytes();
    }

    private byte[] bridged() {
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      for (Deposit deposit : requests.deposits()) {
        list.writeBytes(new byte[PROOF_BYTES]);
        list.writeBytes(data(deposit));
      }
      return list.toByteArray();
    }

    /** As both kinds of deposits begin: key, credentials, amount, signature. */
    private static byte[] data(Deposit deposit) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(deposit.validator().toBytes());
      data.writeBytes(new byte[32]);
      data.writeBytes(SszWriter.uint64(deposit.amount().value()));
      data.writeBytes(new byte[96]);
      return data.toByteArray();
    }

    /** Any that no other block of the test has. */
    private Root stateRoot() {
      return Root.of(hash().toBytes());
    }

    private BlockHash hash() {
      return BlockHash.of(
          ByteBuffer.allocate(32)
              .putLong(slot)
              .putLong(number)
              .putLong(variant)
              .putLong(parent.hashCode())
              .array());
    }
  }

  private static SszWriter writer(ForkName fork, String type) {
    return SszWriter.ofDefaults(SCHEMAS.type(fork, type));
  }

  /** A first block, whose parent is in no ledger. */
  static Draft first(long slot, List<Withdrawal> withdrawals) {
    return new Draft(
        slot, Root.ZERO, slot, withdrawals, 0, false, Optional.empty(), FORK, Requests.NONE);
  }

  /** A block on top of another, {@code slots} later. */
  static Draft after(ChainBlock parent, long slots, List<Withdrawal> withdrawals) {
    return new Draft(
        parent.ref().slot().value() + slots,
        parent.root(),
        parent.blockNumber().value() + 1,
        withdrawals,
        0,
        false,
        Optional.empty(),
        parent.view().fork(),
        Requests.NONE);
  }

  /** Withdrawals with consecutive indices, every one of another validator, amount and address. */
  static List<Withdrawal> withdrawals(long firstIndex, int count) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    for (long index = firstIndex; index < firstIndex + count; index++) {
      withdrawals.add(withdrawal(index, index % 7, index % 5, 1_000 + index));
    }
    return withdrawals;
  }

  static Withdrawal withdrawal(long index, long validator, long address, long amount) {
    return new Withdrawal(
        new WithdrawalIndex(index),
        new ValidatorIndex(validator),
        address(address),
        new Gwei(amount));
  }

  static Address address(long number) {
    return Address.of(ByteBuffer.allocate(20).putInt(0xaabbccdd).putLong(8, number).array());
  }

  /** {@code count} blocks in consecutive slots, with {@code each} withdrawals each. */
  static List<ChainBlock> chain(long slot, int count, long firstIndex, int each) {
    List<ChainBlock> chain = new ArrayList<>();
    chain.add(first(slot, withdrawals(firstIndex, each)).executed().block());
    while (chain.size() < count) {
      chain.add(
          after(chain.getLast(), 1, withdrawals(firstIndex + (long) each * chain.size(), each))
              .executed()
              .block());
    }
    return chain;
  }

  /** As {@link #chain}, on top of a block, and unlike another chain there by its variant. */
  static List<ChainBlock> branch(
      ChainBlock parent, int count, long firstIndex, int each, long variant) {
    List<ChainBlock> branch = new ArrayList<>();
    ChainBlock tip = parent;
    for (int i = 0; i < count; i++) {
      tip =
          after(tip, 1, withdrawals(firstIndex + (long) each * i, each))
              .withVariant(variant)
              .executed()
              .block();
      branch.add(tip);
    }
    return branch;
  }

  static List<BlockRef> newestFirst(List<ChainBlock> blocks) {
    return blocks.reversed().stream().map(ChainBlock::ref).toList();
  }

  static Instant startOf(long slot) {
    return GENESIS.plus(SLOT.multipliedBy(slot));
  }

  static Slot slot(ChainBlock block) {
    return block.ref().slot();
  }

  static BlockNumber number(ChainBlock block) {
    return block.blockNumber();
  }
}
