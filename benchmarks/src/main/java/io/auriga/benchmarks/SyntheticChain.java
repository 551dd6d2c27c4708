package io.auriga.benchmarks;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A chain of Electra blocks with mainnet's limits, each as large and as full as mainnet's are, the
 * same from the same seed. Roots, hashes, indices and links are right; no signature or state is.
 */
public final class SyntheticChain {
  /** What mainnet blocks have on average: about 130 kB with everything else. */
  public static final int MAINNET_TRANSACTIONS = 200;

  public static final int MAINNET_TRANSACTION_BYTES = 450;

  private static final ForkName FORK = ForkName.ELECTRA;
  // The first of an era of 8,192 slots.
  private static final long FIRST_SLOT = 12_001_280;
  private static final long FIRST_BLOCK = 22_600_000;
  private static final long FIRST_INDEX = 90_000_000;
  private static final long FIRST_TIMESTAMP = 1_770_000_000;
  private static final int SECONDS_PER_SLOT = 12;
  private static final int WITHDRAWALS = 16;
  private static final int ATTESTATIONS = 8;
  // A million validators attest over 32 slots.
  private static final int ATTESTERS = 31_250;
  private static final int BLOBS = 6;

  private final SplittableRandom random;
  private final BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
  private final int transactionsPerBlock;
  private final int transactionBytes;
  private long height;
  private byte[] parentRoot = new byte[32];
  private byte[] parentHash = new byte[32];

  public SyntheticChain(long seed, int transactionsPerBlock, int transactionBytes) {
    this.random = new SplittableRandom(seed);
    this.transactionsPerBlock = transactionsPerBlock;
    this.transactionBytes = transactionBytes;
  }

  /** Blocks as large as mainnet's. */
  public static SyntheticChain likeMainnet(long seed) {
    return new SyntheticChain(seed, MAINNET_TRANSACTIONS, MAINNET_TRANSACTION_BYTES);
  }

  public BlockSchemas schemas() {
    return schemas;
  }

  public ForkName fork() {
    return FORK;
  }

  /** The next block: the child of the one before. */
  public SyntheticBlock next() {
    List<SyntheticTransaction> transactions = new ArrayList<>();
    for (int i = 0; i < transactionsPerBlock; i++) {
      transactions.add(new SyntheticTransaction(random, transactionBytes));
    }
    SszWriter payload = payload(transactions);
    SszWriter body = body();
    SszWriter block =
        SszWriter.of(type("BeaconBlock"))
            .set("slot", FIRST_SLOT + height)
            .set("proposer_index", random.nextInt(1_000_000))
            .set("parent_root", parentRoot)
            .set("state_root", bytes(32));
    SszWriter signed = SszWriter.of(type("SignedBeaconBlock")).set("signature", bytes(96));
    // The block hash does not cover itself, so that a first pass without it can compute it.
    SignedBlockView draft = assemble(signed, block, body, payload);
    byte[] blockHash = PayloadHeader.of(draft).hash().toBytes();
    payload.set("block_hash", blockHash);
    SignedBlockView view = assemble(signed, block, body, payload);
    height++;
    parentRoot = view.blockRoot().toBytes();
    parentHash = blockHash;
    return new SyntheticBlock(view, transactions);
  }

  private SignedBlockView assemble(
      SszWriter signed, SszWriter block, SszWriter body, SszWriter payload) {
    body.set("execution_payload", payload.toBytes());
    block.set("body", body.toBytes());
    return SignedBlockView.of(schemas, FORK, signed.set("message", block.toBytes()).toBytes());
  }

  private SszWriter payload(List<SyntheticTransaction> transactions) {
    List<byte[]> encoded = transactions.stream().map(SyntheticTransaction::encode).toList();
    byte[] baseFee = new byte[32];
    System.arraycopy(SszWriter.uint64(7_000_000_000L + random.nextInt()), 0, baseFee, 0, 8);
    return SszWriter.of(type("ExecutionPayload"))
        .set("parent_hash", parentHash)
        .set("fee_recipient", bytes(20))
        .set("state_root", bytes(32))
        .set("receipts_root", bytes(32))
        .set("logs_bloom", bytes(256))
        .set("prev_randao", bytes(32))
        .set("block_number", FIRST_BLOCK + height)
        .set("gas_limit", 45_000_000)
        .set("gas_used", random.nextInt(10_000_000, 45_000_000))
        .set("timestamp", FIRST_TIMESTAMP + SECONDS_PER_SLOT * height)
        .set("extra_data", bytes(random.nextInt(33)))
        .set("base_fee_per_gas", baseFee)
        .set("block_hash", new byte[32])
        .set("transactions", SszWriter.sequence(new SszSchema.ByteList(1 << 30), encoded))
        .set("withdrawals", sequence("Withdrawal", withdrawals()))
        .set("blob_gas_used", (long) BLOBS << 17)
        .set("excess_blob_gas", random.nextInt(100) << 17);
  }

  private List<byte[]> withdrawals() {
    long index = FIRST_INDEX + WITHDRAWALS * height;
    long validator = random.nextInt(1_000_000);
    return IntStream.range(0, WITHDRAWALS)
        .mapToObj(
            i ->
                SszWriter.of(type("Withdrawal"))
                    .set("index", index + i)
                    .set("validator_index", validator + i)
                    .set("address", bytes(20))
                    .set("amount", 19_000_000 + random.nextInt(1_000_000))
                    .toBytes())
        .toList();
  }

  private SszWriter body() {
    byte[] syncAggregate = bytes(64 + 96);
    SszWriter requests =
        SszWriter.ofDefaults(type("ExecutionRequests"))
            .set("deposits", sequence("DepositRequest", List.of(deposit(0), deposit(1))))
            .set(
                "withdrawals",
                sequence(
                    "WithdrawalRequest",
                    List.of(
                        SszWriter.of(type("WithdrawalRequest"))
                            .set("source_address", bytes(20))
                            .set("validator_pubkey", bytes(48))
                            .set("amount", 1_000_000_000)
                            .toBytes())));
    return SszWriter.ofDefaults(type("BeaconBlockBody"))
        .set("randao_reveal", bytes(96))
        .set(
            "eth1_data",
            SszWriter.of(type("Eth1Data"))
                .set("deposit_root", bytes(32))
                .set("deposit_count", 2_000_000)
                .set("block_hash", bytes(32))
                .toBytes())
        .set("graffiti", bytes(32))
        .set("attestations", sequence("Attestation", attestations()))
        .set("voluntary_exits", sequence("SignedVoluntaryExit", List.of(exit())))
        .set("sync_aggregate", syncAggregate)
        .set("blob_kzg_commitments", bytes(48 * BLOBS))
        .set("execution_requests", requests.toBytes());
  }

  private byte[] deposit(int index) {
    return SszWriter.of(type("DepositRequest"))
        .set("pubkey", bytes(48))
        .set("withdrawal_credentials", bytes(32))
        .set("amount", 32_000_000_000L)
        .set("signature", bytes(96))
        .set("index", 2_000_000 + 2 * height + index)
        .toBytes();
  }

  private byte[] exit() {
    SszWriter exit =
        SszWriter.of(type("VoluntaryExit"))
            .set("epoch", epoch())
            .set("validator_index", random.nextInt(1_000_000));
    return SszWriter.of(type("SignedVoluntaryExit"))
        .set("message", exit.toBytes())
        .set("signature", bytes(96))
        .toBytes();
  }

  private List<byte[]> attestations() {
    return IntStream.range(0, ATTESTATIONS)
        .mapToObj(
            _ -> {
              byte[] bits = bytes(ATTESTERS / Byte.SIZE + 1);
              // The highest bit that is set ends the list and is no part of it.
              bits[bits.length - 1] = 1 << (ATTESTERS % Byte.SIZE);
              SszWriter data =
                  SszWriter.of(type("AttestationData"))
                      .set("slot", FIRST_SLOT + height - 1)
                      .set("index", 0)
                      .set("beacon_block_root", parentRoot)
                      .set("source", checkpoint(epoch() - 1))
                      .set("target", checkpoint(epoch()));
              return SszWriter.of(type("Attestation"))
                  .set("aggregation_bits", bits)
                  .set("data", data.toBytes())
                  .set("signature", bytes(96))
                  .set("committee_bits", bytes(8))
                  .toBytes();
            })
        .toList();
  }

  private byte[] checkpoint(long epoch) {
    return SszWriter.of(type("Checkpoint")).set("epoch", epoch).set("root", bytes(32)).toBytes();
  }

  private long epoch() {
    return (FIRST_SLOT + height) / schemas.spec().slotsPerEpoch();
  }

  private byte[] sequence(String element, List<byte[]> values) {
    return SszWriter.sequence(type(element), values);
  }

  private SszContainer type(String name) {
    return schemas.type(FORK, name);
  }

  private byte[] bytes(int length) {
    return SyntheticTransaction.bytes(random, length);
  }
}
