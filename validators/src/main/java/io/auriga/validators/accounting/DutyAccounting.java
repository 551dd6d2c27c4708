package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconDuties.ProposerDuty;
import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.validators.accounting.EpochDuties.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The duties of all validators, counted from canonical blocks. Blocks come in order; in a reorg
 * they are taken back, newest first, and what is left is exactly what it would be had they never
 * come. Belongs to one thread.
 *
 * <p><b>Where its knowledge comes from.</b> It begins with one state. From then on seeds follow
 * from the blocks' own RANDAO reveals, and only {@link #validators} has to be kept up, once an
 * epoch, with those who are about to come or go. Proposers and sync committees are told; without
 * them an empty slot has no culprit and seats are not counted.
 *
 * <p><b>What it holds.</b> While an epoch is not final: two bytes a validator, most of it for
 * taking blocks back. Of finished epochs nothing but the last {@value #FINAL_KEPT}, and never more
 * than {@value #EPOCHS_MAX} epochs, however long nothing becomes final.
 */
public final class DutyAccounting {
  /** Final epochs that can still be asked for. */
  static final int FINAL_KEPT = 2;

  /** Beyond it a reorg that deep means to begin anew: half a day, and 240 MB for a million. */
  static final int EPOCHS_MAX = 128;

  /** The longest stretch of empty slots that is believed: over half a year. */
  private static final long EMPTY_SLOTS_MAX = 1 << 21;

  private final ChainSpec spec;
  private final Consumer<EpochDuties> listener;
  private final ValidatorEpochs validators;
  private final RandaoMixes mixes;
  private final Assignments assignments;
  private final BlockLog log;
  private final AttestationCounter counter;
  private final TreeMap<Long, EpochBook> books = new TreeMap<>();
  private final EpochReporter reporter;
  private final long first;
  private long held;
  private long closed;
  private long finished;

  /**
   * @param beginning where to begin; belongs to this object from now on
   * @param listener is given each epoch when it is closed, again whenever a reorg made it another
   *     one, and when it is final
   */
  public DutyAccounting(Beginning beginning, Consumer<EpochDuties> listener) {
    this.spec = beginning.spec();
    this.listener = listener;
    this.validators = beginning.validators();
    this.mixes = beginning.mixes();
    this.assignments = new Assignments(spec, validators, mixes);
    this.log = new BlockLog(beginning.entry());
    this.first = beginning.firstEpoch().value();
    this.held = first;
    this.closed = first - 1;
    this.finished = first - 1;
    this.counter = new AttestationCounter(spec, log, assignments, first, this::book);
    this.reporter = new EpochReporter(beginning, log, assignments);
  }

  /** The first epoch that is counted. */
  public Epoch firstEpoch() {
    return new Epoch(first);
  }

  /** The newest block that is counted. */
  public BlockRef head() {
    return log.newest().ref();
  }

  /** Who is active when. To be kept up to date: see {@link ValidatorEpochs}. */
  public ValidatorEpochs validators() {
    return validators;
  }

  /** Says that {@link #validators} was brought up to date. */
  public void validatorsChanged() {
    assignments.forgetFrom(epoch(log.newest()) + 1);
  }

  /** Tells whose turn it is in an epoch, by slot; -1 where that is not known. */
  public void proposers(Epoch epoch, int[] bySlot) {
    reporter.proposers(epoch, bySlot);
  }

  /**
   * As {@link #proposers(Epoch, int[])}, as nodes name them: what cannot be of the epoch is passed
   * over.
   */
  public void proposers(Epoch epoch, List<ProposerDuty> named) {
    int[] bySlot = new int[(int) spec.slotsPerEpoch()];
    Arrays.fill(bySlot, -1);
    long start = spec.startSlotOf(epoch).value();
    for (ProposerDuty duty : named) {
      long slot = duty.slot().value() - start;
      long validator = duty.validator().value();
      if (slot >= 0 && slot < bySlot.length && validator >= 0 && validator < Integer.MAX_VALUE) {
        bySlot[(int) slot] = (int) validator;
      }
    }
    proposers(epoch, bySlot);
  }

  /** Whose turn it is in the slots behind the head, as far as it was told. */
  public int[] upcomingProposers() {
    return reporter.proposersAfter(head().slot());
  }

  /** Tells who sits in the sync committee of the period that an epoch is in, seat by seat. */
  public void syncCommittee(Epoch epoch, int[] seats) {
    reporter.syncCommittee(epoch, seats);
  }

  /** Whose turn it is to propose from an epoch on, by epoch and slot; -1 where it is not known. */
  public Map<Long, int[]> proposersFrom(Epoch epoch) {
    return reporter.proposersFrom(epoch);
  }

  /** Who sits in sync committees from the period of an epoch on, by period. */
  public Map<Long, int[]> committeesFrom(Epoch epoch) {
    return reporter.committeesFrom(epoch);
  }

  /**
   * The committees of an epoch: of one that is kept, or the one behind the head's, whose are
   * decided.
   *
   * @throws IllegalArgumentException for any other
   */
  public Committees committees(Epoch epoch) {
    long ahead = epoch.value() - epoch(log.newest());
    if (epoch.value() < held || ahead > spec.number("MIN_SEED_LOOKAHEAD")) {
      throw new IllegalArgumentException(
          "the committees of epoch " + epoch + " are not known while the head is " + head());
    }
    return assignments.of(epoch);
  }

  /**
   * Puts the committees of the head's epoch, and of the next once they are computed, on a shelf.
   */
  public void shelve(CommitteeShelf shelf) {
    long now = epoch(log.newest());
    shelve(shelf, now);
    if (isPastHalf(head())) {
      shelve(shelf, now + 1);
    }
  }

  private void shelve(CommitteeShelf shelf, long epoch) {
    if (epoch >= held) {
      log.findAt((epoch - spec.number("MIN_SEED_LOOKAHEAD")) * spec.slotsPerEpoch() - 1)
          .ifPresent(
              decidedBy ->
                  shelf.put(new Epoch(epoch), decidedBy, assignments.of(new Epoch(epoch))));
    }
  }

  private boolean isPastHalf(BlockRef block) {
    return block.slot().value() % spec.slotsPerEpoch() >= spec.slotsPerEpoch() / 2;
  }

  /**
   * Counts the next canonical block.
   *
   * @return its attestations that could not be counted; none, if all is as it should be
   * @throws AurigaException {@link AccountingError#NOT_NEXT} if its parent is not {@link #head};
   *     nothing is changed then
   */
  public List<AurigaException> apply(SignedBlockView block, BlockRef ref) {
    requireNext(block, ref);
    Epoch epoch = spec.epochOf(ref.slot());
    long[] share = RandaoMixes.share(block.operations().randaoReveal());
    mixes.add(epoch, share);
    AttestationCounter.Counted counted = counter.count(block);
    for (long refused : counted.refusedEpochs()) {
      book(new Epoch(refused)).refuse(1);
    }
    int proposer = (int) Math.min(Integer.MAX_VALUE, block.proposerIndex().value());
    BlockLog.Entry entry =
        new BlockLog.Entry(
            ref,
            proposer,
            share,
            block.operations().syncCommitteeBits(),
            counted.added(),
            counted.refusedEpochs());
    reporter.orphans().won(entry);
    log.add(entry);
    if (isPastHalf(ref)) {
      // They are certain by now, and the first block of the next epoch need not wait for them.
      Committees _ = assignments.of(new Epoch(epoch.value() + 1));
    }
    close(epoch.value() - 2);
    dropOld();
    return counted.refused();
  }

  private void requireNext(SignedBlockView block, BlockRef ref) {
    BlockRef head = head();
    boolean follows =
        block.slot().equals(ref.slot())
            && block.parentRoot().equals(head.root())
            && Long.compareUnsigned(ref.slot().value() - head.slot().value() - 1, EMPTY_SLOTS_MAX)
                < 0;
    if (!follows) {
      throw new AurigaException(
          AccountingError.NOT_NEXT, "count the block of " + ref, "it does not follow " + head);
    }
  }

  /**
   * Takes the newest block back.
   *
   * @throws AurigaException {@link AccountingError#NOT_NEXT} if it is another one, {@link
   *     AccountingError#TOO_DEEP} if nothing before it is kept; nothing is changed then
   */
  public void undo(BlockRef ref) {
    if (!head().equals(ref)) {
      throw new AurigaException(
          AccountingError.NOT_NEXT, "take back the block of " + ref, "the newest is " + head());
    }
    if (log.size() == 1) {
      throw tooDeep(ref);
    }
    BlockLog.Entry entry = log.newest();
    if (entry.added().stream().anyMatch(added -> added.epoch() < held)) {
      throw tooDeep(ref);
    }
    BlockLog.Entry _ = log.removeNewest();
    reporter.orphans().lost(entry);
    Epoch epoch = spec.epochOf(ref.slot());
    Epoch parent = spec.epochOf(head().slot());
    for (Votes.Added added : entry.added()) {
      kept(added.epoch()).slot(added.slot()).remove(added);
    }
    for (long refused : entry.refused()) {
      kept(refused).refuse(-1);
    }
    mixes.remove(epoch, entry.randaoShare(), parent);
    assignments.forgetFrom(assignments.dependOn(epoch));
    // Nobody can have voted in an epoch that the chain has not reached.
    books.tailMap(parent.value(), false).clear();
    closed = Math.min(closed, Math.max(first - 1, parent.value() - 2));
  }

  private static AurigaException tooDeep(BlockRef ref) {
    return new AurigaException(
        AccountingError.TOO_DEEP, "take back the block of " + ref, "what was before is not kept");
  }

  private EpochBook kept(long epoch) {
    EpochBook book = books.get(epoch);
    if (book == null) {
      throw new IllegalStateException("the votes of epoch " + epoch + " were dropped too early");
    }
    return book;
  }

  private EpochBook book(Epoch epoch) {
    return books.computeIfAbsent(epoch.value(), _ -> new EpochBook(assignments.of(epoch)));
  }

  /** Takes notice of a final checkpoint: nothing before its first slot will be taken back. */
  public void finalized(Epoch epoch) {
    long last = Math.min(closed, epoch.value() - 2);
    finished = Math.max(finished, held - 1);
    while (finished < last) {
      finished++;
      listener.accept(report(finished, Stage.FINAL));
    }
    dropOld();
  }

  private void close(long last) {
    while (closed < last) {
      closed++;
      listener.accept(report(closed, Stage.CLOSED));
    }
  }

  private void dropOld() {
    long oldest = Math.max(finished + 1 - FINAL_KEPT, epoch(log.newest()) - EPOCHS_MAX);
    if (oldest <= held) {
      return;
    }
    held = oldest;
    books.headMap(oldest, false).clear();
    log.dropBefore(oldest * spec.slotsPerEpoch());
    mixes.dropBefore(new Epoch(oldest - 1 - spec.number("MIN_SEED_LOOKAHEAD")));
    reporter.dropBefore(oldest);
  }

  /**
   * What is known of an epoch as of now; empty if it is not counted, too old, or still to come.
   * Takes about 30 ms for a million validators.
   */
  public Optional<EpochDuties> duties(Epoch epoch) {
    long number = epoch.value();
    if (number < held || number > epoch(log.newest())) {
      return Optional.empty();
    }
    Stage stage = number <= finished ? Stage.FINAL : number <= closed ? Stage.CLOSED : Stage.OPEN;
    return Optional.of(report(number, stage));
  }

  private EpochDuties report(long number, Stage stage) {
    return reporter.report(number, stage, book(new Epoch(number)));
  }

  private long epoch(BlockLog.Entry entry) {
    return spec.epochOf(entry.ref().slot()).value();
  }
}
