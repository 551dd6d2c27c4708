package io.auriga.app.web;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.runtime.store.Store;
import io.auriga.sync.record.SlotStore;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.slo.SloStore;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.expected.ReplayRecords;
import io.auriga.withdrawals.prediction.PredictionBook;
import io.auriga.withdrawals.statement.Groups;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A real ledger under a chain that a test makes as it goes: blocks, missed slots, reorgs and
 * finality, at the pace of a clock that only moves with it.
 */
final class SampleChain implements AutoCloseable {
  static final ChainSpec SPEC = ChainSpec.builtIn("mainnet");

  /** The first slot of an epoch, so that checkpoints are easy to read. */
  static final long FIRST_SLOT = 6_209_536;

  static final long FIRST_INDEX = 64_120_000;
  static final long FIRST_NUMBER = 17_034_870;

  /** One whose validators a node knows and whose payments are kept, and one of an address. */
  static final Groups GROUPS =
      new Groups(
          List.of(
              new Groups.Group("solo", validators(1, 300, 401_200, 401_210), Set.of()),
              new Groups.Group("A pool - by address", Set.of(), Set.of(address(10_031))),
              new Groups.Group("none yet", validators(900_000, 900_001), Set.of())));

  private static final BlockSchemas SCHEMAS = BlockSchemas.of(SPEC);
  private static final ForkName FORK = ForkName.CAPELLA;
  private static final Instant GENESIS = Instant.parse("2020-12-01T12:00:23Z");

  private final Store store;
  private final WithdrawalLedger ledger;
  private final List<ChainBlock> canonical = new ArrayList<>();
  private volatile Instant now = GENESIS;
  private FollowerListener listener = new FollowerListener() {};
  private long slot = FIRST_SLOT;
  private long variant;

  SampleChain(Path folder) {
    store =
        Store.open(
            "sqlite:" + folder,
            WithdrawalLedger.MIGRATIONS,
            ReplayRecords.MIGRATIONS,
            PredictionBook.MIGRATIONS,
            SloStore.MIGRATIONS,
            RewardStore.MIGRATIONS,
            SlotStore.MIGRATIONS);
    ledger = new WithdrawalLedger(store);
    advance(0);
  }

  WithdrawalQueries queries() {
    return new WithdrawalQueries(store);
  }

  ReplayRecords replays() {
    return new ReplayRecords(store);
  }

  Store store() {
    return store;
  }

  SlotClock clock() {
    return new SlotClock(GENESIS, SPEC.slotDuration(), () -> now);
  }

  void tell(FollowerListener teller) {
    listener = teller;
  }

  Optional<ChainBlock> head() {
    return canonical.isEmpty() ? Optional.empty() : Optional.of(canonical.getLast());
  }

  /** The canonical blocks, oldest first. */
  List<ChainBlock> blocks() {
    return List.copyOf(canonical);
  }

  /** Blocks in consecutive slots, each confirmed by the execution node. */
  void grow(int blocks, int withdrawalsEach) {
    for (int i = 0; i < blocks; i++) {
      append(withdrawalsEach, true);
    }
  }

  /** One block that the execution node has not confirmed. */
  void growUnconfirmed(int withdrawals) {
    append(withdrawals, false);
  }

  void miss() {
    advance(1);
  }

  /** Replaces the last blocks with as many others, a slot later. */
  void reorg(int depth, int withdrawalsEach) {
    List<BlockRef> undone = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      undone.add(canonical.removeLast().ref());
    }
    variant++;
    long first = undone.getLast().slot().value() + 1;
    List<ChainBlock> applied = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      ChainBlock block = block(first + i, withdrawalsEach, true);
      canonical.add(block);
      applied.add(block);
    }
    slot = first + depth;
    advance(0);
    commit(ChainUpdate.ofBlocks(now, undone, applied));
  }

  /** The execution node confirms the head. */
  void confirm() {
    commit(
        ChainUpdate.ofMatches(now, List.of(new ExecutionMatch(canonical.getLast().root(), now))));
  }

  /** Everything but the last {@code unsafe} blocks is safe, all but {@code open} final. */
  void finality(int unsafe, int open) {
    BlockRef safe = canonical.get(canonical.size() - 1 - unsafe).ref();
    BlockRef finalized = canonical.get(canonical.size() - 1 - open).ref();
    commit(
        ChainUpdate.ofFinality(
            now,
            new FinalityUpdate(
                SPEC.epochOf(safe.slot()),
                Optional.of(safe),
                SPEC.epochOf(finalized.slot()),
                Optional.of(finalized))));
  }

  @Override
  public void close() {
    store.close();
  }

  private void append(int withdrawals, boolean confirmed) {
    ChainBlock block = block(slot, withdrawals, confirmed);
    canonical.add(block);
    advance(1);
    commit(ChainUpdate.ofBlocks(now, List.of(), List.of(block)));
  }

  private void commit(ChainUpdate update) {
    ledger.commit(update);
    listener.committed(update);
  }

  private void advance(long slots) {
    slot += slots;
    now = startOf(slot).minusMillis(8_000);
  }

  private static Instant startOf(long slot) {
    return GENESIS.plus(SPEC.slotDuration().multipliedBy(slot));
  }

  private ChainBlock block(long at, int count, boolean confirmed) {
    Root parent = head().map(ChainBlock::root).orElse(Root.ZERO);
    long number = head().map(last -> last.blockNumber().value() + 1).orElse(FIRST_NUMBER);
    SignedBlockView view =
        SignedBlockView.of(SCHEMAS, FORK, ssz(at, parent, number, withdrawals(count)));
    Instant seen = startOf(at).plusMillis(1_300);
    return new ChainBlock(
        view,
        view.blockRoot(),
        view.payload().blockNumber(),
        view.payload().blockHash(),
        view.payload().withdrawalsMptRoot(),
        view.payload().withdrawals(),
        false,
        seen,
        confirmed ? Optional.of(seen.plusMillis(240)) : Optional.empty());
  }

  private List<Withdrawal> withdrawals(int count) {
    long next =
        canonical.stream()
            .flatMap(block -> block.withdrawals().stream())
            .mapToLong(withdrawal -> withdrawal.index().value() + 1)
            .max()
            .orElse(FIRST_INDEX);
    List<Withdrawal> withdrawals = new ArrayList<>();
    for (long index = next; index < next + count; index++) {
      long validator = 401_200 + index % 5_000;
      boolean full = index % 37 == 0;
      long amount = (full ? 32_000_000_000L : 0) + 16_800_000 + index * 7_919 % 2_400_000;
      withdrawals.add(
          new Withdrawal(
              new WithdrawalIndex(index),
              new ValidatorIndex(validator),
              address(validator / 40),
              new Gwei(amount)));
    }
    return withdrawals;
  }

  /** Those of ranges, each named by its first and the one behind its last. */
  private static Set<ValidatorIndex> validators(long... bounds) {
    Set<ValidatorIndex> validators = new HashSet<>();
    for (int i = 0; i < bounds.length; i += 2) {
      LongStream.range(bounds[i], bounds[i + 1])
          .mapToObj(ValidatorIndex::new)
          .forEach(validators::add);
    }
    return validators;
  }

  static Address address(long owner) {
    long mixed = owner * 0x9e3779b97f4a7c15L;
    return Address.of(
        ByteBuffer.allocate(20)
            .putLong(mixed)
            .putLong(Long.rotateLeft(mixed, 29) ^ owner)
            .putInt((int) (mixed >>> 17))
            .array());
  }

  private byte[] ssz(long at, Root parent, long number, List<Withdrawal> withdrawals) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (Withdrawal withdrawal : withdrawals) {
      list.writeBytes(SszWriter.uint64(withdrawal.index().value()));
      list.writeBytes(SszWriter.uint64(withdrawal.validatorIndex().value()));
      list.writeBytes(withdrawal.address().toBytes());
      list.writeBytes(SszWriter.uint64(withdrawal.amount().value()));
    }
    byte[] payload =
        writer("ExecutionPayload")
            .set("block_number", number)
            .set("timestamp", startOf(at).getEpochSecond())
            .set("block_hash", hash(at, parent).toBytes())
            .set("withdrawals", list.toByteArray())
            .toBytes();
    byte[] body = writer("BeaconBlockBody").set("execution_payload", payload).toBytes();
    byte[] block =
        writer("BeaconBlock")
            .set("slot", at)
            .set("proposer_index", variant)
            .set("parent_root", parent.toBytes())
            .set("body", body)
            .toBytes();
    return SszWriter.ofDefaults(SCHEMAS.signedBlock(FORK)).set("message", block).toBytes();
  }

  private BlockHash hash(long at, Root parent) {
    long mixed = (at * 31 + variant) * 0x9e3779b97f4a7c15L;
    return BlockHash.of(
        ByteBuffer.allocate(32)
            .putLong(mixed)
            .putLong(at)
            .putLong(Long.reverse(mixed))
            .putLong(variant ^ parent.hashCode())
            .array());
  }

  private static SszWriter writer(String type) {
    return SszWriter.ofDefaults(SCHEMAS.type(FORK, type));
  }

  /** The slot that comes next. */
  Slot nextSlot() {
    return new Slot(slot);
  }
}
