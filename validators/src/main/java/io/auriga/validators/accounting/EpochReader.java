package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconDuties.ProposerDuty;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszHasher;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.List;
import java.util.Optional;

/**
 * Counts the duties of one epoch out of a node's state before it and its blocks: of any epoch whose
 * state the node still has. The state's root must be the one that its block names, and each block's
 * parent the block before.
 */
public final class EpochReader {
  /** So many slots without a block before an epoch are believed. */
  private static final int EMPTY_SLOTS_MAX = 128;

  /** In a header, behind its slot, its proposer and its parent's root. */
  private static final int HEADER_STATE_ROOT = 2 * Long.BYTES + Root.LENGTH;

  private final ChainSpec spec;
  private final BeaconNode node;
  private final BeaconStates states;
  private final BeaconDuties duties;
  private final BlockSchemas schemas;

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param done slots that were read, of {@code total}
     */
    void at(long done, long total);
  }

  public EpochReader(ChainSpec spec, BeaconNode node, BeaconStates states, BeaconDuties duties) {
    this.spec = spec;
    this.node = node;
    this.states = states;
    this.duties = duties;
    this.schemas = BlockSchemas.of(spec);
  }

  /**
   * Counts an epoch.
   *
   * @throws AurigaException if it has not begun, the node lacks its blocks or the state before
   *     them, its committees are others than those of its state, or a reorg came between
   */
  public EpochDuties read(Epoch epoch, Progress progress) {
    Slot start = spec.startSlotOf(epoch);
    Slot head = node.header(BlockId.head()).orElseThrow(() -> none(epoch, "no head")).slot();
    if (start.isAfter(head)) {
      throw none(epoch, "it begins with slot " + start + ", and the head is at slot " + head);
    }
    Slot end = start.plus(2 * spec.slotsPerEpoch());
    boolean isFirst = epoch.value() == 0;
    DutyAccounting accounting = isFirst ? genesis() : begin(epoch);
    List<ProposerDuty> proposers = duties.proposers(epoch).orElse(List.of());
    if (!proposers.isEmpty()) {
      accounting.proposers(epoch, proposers);
    }
    // One block more than can have its attestations says that there will be no others.
    // Genesis is no block that anybody proposed.
    for (Slot slot = isFirst ? start.next() : start; !slot.isAfter(head); slot = slot.next()) {
      Optional<SignedBlockView> block = block(slot);
      block.ifPresent(found -> apply(accounting, found));
      progress.at(slot.value() - start.value() + 1, end.value() - start.value());
      if (block.isPresent() && !slot.isBefore(end)) {
        break;
      }
    }
    return accounting.duties(epoch).orElseThrow(() -> none(epoch, "no block of it was found"));
  }

  private static void apply(DutyAccounting accounting, SignedBlockView block) {
    // What is refused is counted in the result.
    var _ = accounting.apply(block, new BlockRef(block.slot(), block.blockRoot()));
  }

  private DutyAccounting begin(Epoch epoch) {
    SignedBlockView block = before(epoch);
    BlockRef ref = new BlockRef(block.slot(), block.blockRoot());
    return begin(stateBehind(block, epoch), ref, StateId.of(block.stateRoot()));
  }

  private DutyAccounting begin(BeaconStateView state, BlockRef ref, StateId id) {
    DutyAccounting accounting = new DutyAccounting(Beginning.of(spec, state, ref), _ -> {});
    new CommitteeCheck(spec, states).check(accounting, id);
    return accounting;
  }

  private BeaconStateView stateBehind(SignedBlockView block, Epoch epoch) {
    String of = "the state behind the block of slot " + block.slot();
    StateBytes bytes =
        states
            .state(StateId.of(block.stateRoot()))
            .map(StateAnswer::data)
            .orElseThrow(() -> none(epoch, of + " is gone"));
    BeaconStateView state = BeaconStateView.of(StateSchemas.of(spec), block.fork(), bytes.ssz());
    if (!state.hashTreeRoot().equals(block.stateRoot())) {
      throw none(epoch, of + " has another root");
    }
    return state;
  }

  /**
   * Nobody names the state that the chain began with; but the first block names its parent, and
   * that is the header in the state, with the state's own root: another state is refused there.
   */
  private DutyAccounting genesis() {
    Epoch epoch = new Epoch(0);
    StateId id = StateId.of(new Slot(0));
    StateBytes bytes =
        states
            .state(id)
            .map(StateAnswer::data)
            .orElseThrow(() -> none(epoch, "the node does not have the state of genesis"));
    BeaconStateView state =
        BeaconStateView.of(StateSchemas.of(spec), spec.forkAt(new Slot(0)), bytes.ssz());
    if (state.slot().value() != 0) {
      throw none(epoch, "a state of slot " + state.slot() + " came for that of genesis");
    }
    return begin(state, new BlockRef(new Slot(0), genesisRoot(state)), id);
  }

  private static Root genesisRoot(BeaconStateView state) {
    SszView header = state.fields().field("latest_block_header");
    byte[] whole = header.toBytes();
    state.hashTreeRoot().copyTo(whole, HEADER_STATE_ROOT);
    return SszHasher.hashTreeRoot(header.schema(), whole, 0, whole.length);
  }

  /**
   * Compares what was counted with the participation flags of the state at the end of the epoch
   * behind, which is asked for.
   */
  public FlagCheck check(EpochDuties duties) {
    SignedBlockView last = before(new Epoch(duties.epoch().value() + 2));
    if (last.slot().isBefore(spec.startSlotOf(duties.epoch()))) {
      throw none(duties.epoch(), "no block knows its attestations");
    }
    return FlagCheck.of(spec, duties, stateBehind(last, duties.epoch()));
  }

  /** The newest block before an epoch. */
  private SignedBlockView before(Epoch epoch) {
    long start = spec.startSlotOf(epoch).value();
    for (long slot = start - 1; slot > 0 && start - slot <= EMPTY_SLOTS_MAX; slot--) {
      Optional<SignedBlockView> block = block(new Slot(slot));
      if (block.isPresent()) {
        return block.get();
      }
    }
    throw none(epoch, "the node has no block before it");
  }

  private Optional<SignedBlockView> block(Slot slot) {
    return node.block(BlockId.of(slot))
        .map(block -> SignedBlockView.of(schemas, block.fork(), block.ssz()));
  }

  private AurigaException none(Epoch epoch, String problem) {
    return new AurigaException(
        AccountingError.NO_SOURCE,
        "count the duties of epoch " + epoch + " from " + node.name(),
        problem);
  }
}
