package io.auriga.validators;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.runtime.Background;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.SlotClock;
import io.auriga.validators.accounting.Beginning;
import io.auriga.validators.accounting.CommitteeCheck;
import io.auriga.validators.accounting.CommitteeShelf;
import io.auriga.validators.accounting.DutyAccounting;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the duties of the chain that is followed, on a thread of its own: the follower only hands
 * over what it committed. It begins with the state behind a block near the head, and begins anew
 * where it cannot go on: after a reorg deeper than what is kept, or when it was left behind.
 */
public final class DutyWatch implements FollowerListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DutyWatch.class);

  /** Blocks that pass at most before a state is asked for again: a state is heavy for everybody. */
  private static final int PAUSE_MAX = 32;

  /** Updates that may wait: over an hour of blocks that come one by one. */
  private static final int WAITING_MAX = 512;

  private final ChainSpec spec;
  private final SlotClock clock;
  private final BeaconStates states;
  private final DutyOutlook outlook;
  private final CommitteeCheck check;
  private final BooleanSupplier isWanted;
  private final DutyListener listener;
  private final CommitteeShelf shelf;
  private final BlockingQueue<ChainUpdate> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private volatile boolean leftBehind;
  private volatile Optional<Upcoming> upcoming = Optional.empty();
  private final Background background = new Background("auriga-duties", this::run);

  // Of the thread alone.
  private @Nullable DutyAccounting accounting;
  private int pause;
  private int passing;

  /**
   * @param isWanted whether anybody is watched: a state costs the node and us 150 MB
   * @param listener as {@link DutyAccounting} has it; called on the watch's thread
   * @param shelf given the committees that were computed
   */
  public DutyWatch(
      ChainSpec spec,
      SlotClock clock,
      BeaconStates states,
      BeaconDuties duties,
      BooleanSupplier isWanted,
      DutyListener listener,
      CommitteeShelf shelf) {
    this.spec = spec;
    this.clock = clock;
    this.states = states;
    this.outlook = new DutyOutlook(spec, states, duties);
    this.check = new CommitteeCheck(spec, states);
    this.isWanted = isWanted;
    this.listener = listener;
    this.shelf = shelf;
  }

  public void start() {
    background.start();
  }

  /** What is decided of duties to come; empty before the first block is counted. */
  public Optional<Upcoming> upcoming() {
    return upcoming;
  }

  @Override
  public void committed(ChainUpdate update) {
    if (!waiting.offer(update)) {
      leftBehind = true;
    }
  }

  private void run() {
    try {
      while (true) {
        take(waiting.take());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts an update; what fails is begun anew with the next. */
  void take(ChainUpdate update) {
    if (leftBehind) {
      leftBehind = false;
      accounting = null;
    }
    try {
      DutyAccounting present = accounting;
      if (present != null) {
        count(present, update);
      } else if (!update.applied().isEmpty() && isWanted.getAsBoolean() && passing-- <= 0) {
        pause = Math.clamp(2L * pause, 1, PAUSE_MAX);
        passing = pause;
        begin(update.applied().getLast());
      }
    } catch (NodeException unanswered) {
      LOG.atDebug()
          .addKeyValue("code", unanswered.code())
          .addKeyValue("problem", unanswered.getMessage())
          .log("Duties are not counted yet");
    } catch (AurigaException failed) {
      accounting = null;
      LOG.atWarn()
          .addKeyValue("code", failed.code())
          .addKeyValue("problem", failed.getMessage())
          .addKeyValue("remedy", failed.remedy())
          .log("Duties are counted anew from the next block on");
    } catch (RuntimeException failed) {
      accounting = null;
      LOG.atError().setCause(failed).log("Duties could not be counted; they are begun anew");
    }
  }

  private void begin(ChainBlock block) {
    Epoch epoch = spec.epochOf(block.view().slot());
    Epoch now = spec.epochOf(clock.currentSlot());
    if (now.value() - epoch.value() > 1) {
      // While catching up: what is old would be asked of a node that has forgotten it.
      passing = 0;
      return;
    }
    Optional<StateBytes> bytes = stateBehind(block);
    if (bytes.isEmpty()) {
      return;
    }
    BeaconStateView state =
        BeaconStateView.of(StateSchemas.of(spec), block.view().fork(), bytes.get().ssz());
    if (!state.hashTreeRoot().equals(block.view().stateRoot())) {
      throw new AurigaException(
          DutyError.WRONG_STATE,
          "begin to count duties behind block " + block.ref(),
          "the state that came has another root than the block names");
    }
    DutyAccounting fresh = new DutyAccounting(Beginning.of(spec, state, block.ref()), listener);
    check.check(fresh, StateId.of(block.view().stateRoot()));
    accounting = fresh;
    pause = 0;
    passing = 0;
    outlook.begun(epoch);
    LOG.atInfo()
        .addKeyValue("epoch", fresh.firstEpoch().toString())
        .addKeyValue("validators", state.validatorCount())
        .log("Duties are counted from here on");
  }

  private Optional<StateBytes> stateBehind(ChainBlock block) {
    try {
      return states.state(StateId.of(block.view().stateRoot())).map(StateAnswer::data);
    } catch (NodeException refused) {
      if (refused.error() != ClientError.TOO_LARGE) {
        throw refused;
      }
      throw new AurigaException(
          DutyError.NO_MEMORY,
          "begin to count duties behind block " + block.ref(),
          "its state does not fit the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB of memory that this process may use",
          refused);
    }
  }

  private void count(DutyAccounting counting, ChainUpdate update) {
    for (BlockRef undone : update.undone()) {
      counting.undo(undone);
    }
    for (ChainBlock block : update.applied()) {
      outlook.reached(counting, spec.epochOf(block.view().slot()));
      counting
          .apply(block.view(), block.ref())
          .forEach(
              refused ->
                  LOG.atDebug()
                      .addKeyValue("code", refused.code())
                      .addKeyValue("problem", refused.getMessage())
                      .log("An attestation of a block could not be counted"));
    }
    counting.shelve(shelf);
    listener.upcoming(counting.upcomingProposers());
    update.finality().ifPresent(finality -> counting.finalized(finality.finalizedEpoch()));
    upcoming = Optional.of(Upcoming.of(spec, counting));
    if (outlook.isOutdated()) {
      accounting = null;
      LOG.atWarn()
          .log("No node says which validators come and go; duties are begun anew from a state");
    }
  }

  @Override
  public void close() {
    background.close();
  }
}
