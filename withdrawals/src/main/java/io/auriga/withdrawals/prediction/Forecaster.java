package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.prediction.Predictor.SweepState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a forecast from the ledger's head, and asks a node for what the ledger cannot tell: how
 * many validators there are, the queue of requests, and the next few thousand validators of the
 * sweep. For one thread at a time.
 */
final class Forecaster {
  /** What the sweep looks at next: one question to a node, and the next half hour on mainnet. */
  private static final int FRESH = 4_096;

  /** One question as well: so many in each of so many ranges, where no lap was followed yet. */
  private static final int SAMPLES = 64;

  private static final double LAP_KNOWN = 0.9;

  private final Store store;
  private final BeaconStates states;
  private final ChainSpec spec;
  private final TrackRecord track;
  private final PaymentHistory payments;
  private @Nullable SweepHistory history;
  private @Nullable SweepRules rules;
  private PendingPartials queue = new PendingPartials.Unavailable("not asked for yet");
  private long askedAt = Long.MIN_VALUE / 2;
  private int freshEnd;

  Forecaster(Store store, BeaconStates states, ChainSpec spec, TrackRecord track) {
    this.store = store;
    this.states = states;
    this.spec = spec;
    this.track = track;
    this.payments = new PaymentHistory(store);
  }

  /**
   * A forecast that does not change any more.
   *
   * @param head the block that it was made from
   */
  record Made(BlockRef head, SweepRules rules, Forecast forecast, SweepState sweep) {}

  /** The rules as of the ledger's head. */
  static SweepRules rules(ChainSpec spec, PaymentHistory payments) {
    return SweepRules.of(spec, spec.forkAt(payments.headSlot()));
  }

  Made make() {
    SweepHistory present = history();
    present.catchUp();
    BlockRef head = present.head().orElseThrow(() -> none("the ledger is empty"));
    SweepProfile profile = present.profile();
    // What a node said of the whole stays good for an epoch.
    if (Math.abs(head.slot().value() - askedAt) >= spec.slotsPerEpoch()) {
      ask(profile, head);
      askedAt = head.slot().value();
    } else if (queue instanceof PendingPartials.Listed) {
      queue = states.pendingPartialWithdrawals(StateId.head());
    }
    if (profile.cursor().isEmpty()) {
      throw none(
          "no block with a full list of withdrawals was followed yet, so it is not known where the"
              + " sweep stands");
    }
    Forecast forecast =
        Forecast.of(
            profile,
            queue,
            fresh(profile),
            payments.income(head.slot()).orElse(Income.ASSUMED),
            track);
    return new Made(head, profile.rules(), forecast, state(profile, forecast.path()));
  }

  private static SweepState state(SweepProfile profile, SweepPath path) {
    return new SweepState(
        profile.cursor().orElseThrow(),
        profile.count(),
        path.lapBlocks(),
        path.lapSlots(),
        path.pace().missed(),
        profile.known());
  }

  /** The bounds change with a fork; the bits of the lap before are learned anew. */
  private SweepHistory history() {
    SweepRules current = rules(spec, payments);
    SweepHistory present = history;
    if (present == null || !current.equals(rules)) {
      rules = current;
      present = new SweepHistory(store, current);
      history = present;
    }
    return present;
  }

  /** How many of the validators that the node was asked about are still ahead of the sweep. */
  private int fresh(SweepProfile profile) {
    int ahead =
        Math.floorMod(freshEnd - profile.cursor().orElseThrow(), Math.max(1, profile.count()));
    return profile.count() <= FRESH ? profile.count() : ahead <= FRESH ? ahead : 0;
  }

  private void ask(SweepProfile profile, BlockRef head) {
    profile.validators(ValidatorCount.find(states, profile.count()), head.slot().value());
    queue = states.pendingPartialWithdrawals(StateId.head());
    if (profile.known() < LAP_KNOWN) {
      sample(profile, head);
    }
    int cursor = profile.cursor().orElse(0);
    int fresh = Math.min(FRESH, profile.count());
    Epoch now = spec.epochOf(head.slot());
    List<Integer> ahead = new ArrayList<>(fresh);
    for (int i = 0; i < fresh; i++) {
      ahead.add((cursor + i) % profile.count());
    }
    for (Validator validator : validators(states, ahead)) {
      profile.refresh((int) validator.index().value(), profile.rules().pays(validator, now));
    }
    freshEnd = profile.count() == 0 ? 0 : (cursor + fresh) % profile.count();
  }

  private void sample(SweepProfile profile, BlockRef head) {
    // Neighbours share their fate, so single validators far apart tell more than whole ranges.
    long count = profile.count();
    if (count < SAMPLES * SAMPLES) {
      return;
    }
    int[] paying = new int[SAMPLES];
    int[] seen = new int[SAMPLES];
    Epoch now = spec.epochOf(head.slot());
    for (Validator validator : spread(states, profile.count())) {
      int range = (int) Math.min(SAMPLES - 1, validator.index().value() * SAMPLES / count);
      paying[range] += profile.rules().pays(validator, now) ? 1 : 0;
      seen[range]++;
    }
    for (int range = 0; range < SAMPLES; range++) {
      int from = (int) (range * count / SAMPLES);
      int end = (int) ((range + 1) * count / SAMPLES);
      profile.guess(from, end, (double) paying[range] / Math.max(1, seen[range]));
    }
  }

  /** Up to 4,096 validators, spread evenly over all. */
  static List<Validator> spread(BeaconStates states, int count) {
    long size = Math.min(count, SAMPLES * SAMPLES);
    return validators(
        states, LongStream.range(0, size).mapToObj(i -> (int) (i * count / size)).toList());
  }

  private static List<Validator> validators(BeaconStates states, List<Integer> indices) {
    List<ValidatorId> ids =
        indices.stream()
            .<ValidatorId>map(index -> ValidatorId.of(new ValidatorIndex(index)))
            .toList();
    return states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of());
  }

  static AurigaException none(String problem) {
    return new AurigaException(WithdrawalError.NO_FORECAST, "predict withdrawals", problem);
  }
}
