package io.auriga.testkit.simulation;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.ForkName;
import io.auriga.types.Genesis;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes signed blocks whose roots, hashes and withdrawals are genuine and all else is random, in
 * the SSZ of each fork.
 */
final class BlockFactory {
  private static final int VALIDATORS = 500;
  private static final int TRANSACTIONS_MAX = 5;
  private static final int TRANSACTION_BYTES_MAX = 200;
  private static final int EXTRA_DATA_MAX = 32;
  private static final long GAS_LIMIT = 36_000_000;
  private static final Gwei FULL_WITHDRAWAL = Gwei.ofEther(32);

  private final BlockSchemas schemas;
  private final Genesis genesis;
  private final RandomGenerator random;
  private final double emptyShare;

  BlockFactory(BlockSchemas schemas, Genesis genesis, RandomGenerator random, double emptyShare) {
    this.schemas = schemas;
    this.genesis = genesis;
    this.random = random;
    this.emptyShare = emptyShare;
  }

  /** What a block is built upon. */
  record Parent(Root root, BlockHash blockHash, long number, long nextIndex) {
    static Parent of(SimulatedBlock block) {
      return new Parent(
          block.root(), block.blockHash(), block.header().number().value(), block.nextIndex());
    }
  }

  SimulatedBlock build(Slot slot, Parent parent) {
    ForkName fork = schemas.spec().forkAt(slot);
    List<Withdrawal> withdrawals = withdrawals(parent.nextIndex());
    SszWriter payload = payload(fork, slot, parent, withdrawals);
    SszWriter body = body(fork);
    SszWriter block =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlock"))
            .set("slot", slot.value())
            .set("proposer_index", random.nextLong(VALIDATORS))
            .set("parent_root", parent.root().toBytes())
            .set("state_root", bytes(Root.LENGTH));
    SszWriter signed = SszWriter.ofDefaults(schemas.signedBlock(fork)).set("signature", bytes(96));

    // The hash covers the whole payload but itself, so the block is assembled twice.
    SignedBlockView draft = assemble(fork, signed, block, body, payload);
    payload.set("block_hash", PayloadHeader.of(draft).hash().toBytes());
    SignedBlockView view = assemble(fork, signed, block, body, payload);
    ExecutionHeader header = PayloadHeader.of(view);
    return new SimulatedBlock(view, header, withdrawals, parent.nextIndex() + withdrawals.size());
  }

  private SignedBlockView assemble(
      ForkName fork, SszWriter signed, SszWriter block, SszWriter body, SszWriter payload) {
    body.set("execution_payload", payload.toBytes());
    block.set("body", body.toBytes());
    signed.set("message", block.toBytes());
    return SignedBlockView.of(schemas, fork, signed.toBytes());
  }

  private SszWriter payload(ForkName fork, Slot slot, Parent parent, List<Withdrawal> withdrawals) {
    SszContainer type = schemas.type(fork, "ExecutionPayload");
    Instant time = genesis.time().plus(schemas.spec().slotDuration().multipliedBy(slot.value()));
    SszWriter payload =
        SszWriter.ofDefaults(type)
            .set("parent_hash", parent.blockHash().toBytes())
            .set("fee_recipient", bytes(Address.LENGTH))
            .set("state_root", bytes(Root.LENGTH))
            .set("receipts_root", bytes(Root.LENGTH))
            .set("prev_randao", bytes(Root.LENGTH))
            .set("block_number", parent.number() + 1)
            .set("gas_limit", GAS_LIMIT)
            .set("gas_used", random.nextLong(GAS_LIMIT))
            .set("timestamp", time.getEpochSecond())
            .set("extra_data", bytes(random.nextInt(EXTRA_DATA_MAX + 1)))
            .set("base_fee_per_gas", baseFee())
            .set("transactions", transactions(listElement(type, "transactions")))
            .set("withdrawals", encode(withdrawals, listElement(type, "withdrawals"), fork));
    if (type.has("blob_gas_used")) {
      payload.set("blob_gas_used", random.nextLong(6) << 17).set("excess_blob_gas", 0);
    }
    return payload;
  }

  private SszWriter body(ForkName fork) {
    SszWriter body =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlockBody"))
            .set("randao_reveal", bytes(96))
            .set("graffiti", bytes(Root.LENGTH));
    if (fork.isAtLeast(ForkName.ELECTRA) && random.nextInt(3) == 0) {
      SszContainer requests = schemas.type(fork, "ExecutionRequests");
      byte[] request =
          SszWriter.ofDefaults(schemas.type(fork, "WithdrawalRequest"))
              .set("source_address", bytes(Address.LENGTH))
              .set("validator_pubkey", bytes(48))
              .set("amount", random.nextLong(1_000_000_000))
              .toBytes();
      SszSchema element = listElement(requests, "withdrawals");
      body.set(
          "execution_requests",
          SszWriter.ofDefaults(requests)
              .set("withdrawals", SszWriter.sequence(element, List.of(request)))
              .toBytes());
    }
    return body;
  }

  private List<Withdrawal> withdrawals(long firstIndex) {
    List<Withdrawal> withdrawals = new ArrayList<>();
    if (random.nextDouble() >= emptyShare) {
      int count = 1 + random.nextInt((int) schemas.spec().number("MAX_WITHDRAWALS_PER_PAYLOAD"));
      for (int i = 0; i < count; i++) {
        int validator = random.nextInt(VALIDATORS);
        withdrawals.add(
            new Withdrawal(
                new WithdrawalIndex(firstIndex + i),
                new ValidatorIndex(validator),
                addressOf(validator),
                amount()));
      }
    }
    return withdrawals;
  }

  private Gwei amount() {
    return switch (random.nextInt(20)) {
      case 0 -> FULL_WITHDRAWAL;
      case 1 -> new Gwei(1);
      default -> new Gwei(random.nextLong(1, 40_000_000));
    };
  }

  /** Several validators share an address, as an operator's do. */
  private static Address addressOf(int validator) {
    byte[] address = new byte[Address.LENGTH];
    address[0] = (byte) 0xa1;
    address[Address.LENGTH - 1] = (byte) (validator / 8);
    return Address.of(address);
  }

  private byte[] encode(List<Withdrawal> withdrawals, SszSchema element, ForkName fork) {
    SszContainer type = schemas.type(fork, "Withdrawal");
    return SszWriter.sequence(
        element,
        withdrawals.stream()
            .map(
                withdrawal ->
                    SszWriter.of(type)
                        .set("index", withdrawal.index().value())
                        .set("validator_index", withdrawal.validatorIndex().value())
                        .set("address", withdrawal.address().toBytes())
                        .set("amount", withdrawal.amount().value())
                        .toBytes())
            .toList());
  }

  private byte[] transactions(SszSchema element) {
    List<byte[]> transactions = new ArrayList<>();
    for (int i = random.nextInt(TRANSACTIONS_MAX + 1); i > 0; i--) {
      transactions.add(bytes(1 + random.nextInt(TRANSACTION_BYTES_MAX)));
    }
    return SszWriter.sequence(element, transactions);
  }

  private byte[] baseFee() {
    byte[] littleEndian = new byte[32];
    System.arraycopy(bytes(5), 0, littleEndian, 0, 5);
    return littleEndian;
  }

  private static SszSchema listElement(SszContainer container, String field) {
    SszSchema schema = container.fields().get(container.indexOf(field)).type();
    return ((SszSchema.List) schema).element();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
