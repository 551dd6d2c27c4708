package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalError;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers when validators are paid next, from the ledger and a few questions to a beacon node: how
 * many validators there are, the queue of requests, the next few thousand validators of the sweep,
 * and those that are asked about. Works beside a process that writes the store, too. Safe for many
 * threads.
 */
public final class Predictor {
  /** Validators in one question. */
  public static final int VALIDATORS_MAX = 1_000;

  /** What the sweep looks at next: one question to a node, and the next half hour on mainnet. */
  private static final int FRESH = 4_096;

  /** One question as well: so many in each of so many ranges, where no lap was followed yet. */
  private static final int SAMPLES = 64;

  private static final double LAP_KNOWN = 0.9;

  /** What a node said of the whole stays good for an epoch. */
  private final long freshSlots;

  private final Store store;
  private final BeaconStates states;
  private final ChainSpec spec;
  private final InstantSource time;
  private final TrackRecord track = TrackRecord.empty();
  private final ReentrantLock lock = new ReentrantLock();
  private final PaymentHistory payments;
  private @Nullable SweepHistory history;
  private @Nullable SweepRules rules;
  private @Nullable Forecast forecast;
  private @Nullable BlockRef forecastHead;
  private PendingPartials queue = new PendingPartials.Unavailable("not asked for yet");
  private long askedAt = Long.MIN_VALUE / 2;
  private int freshEnd;

  public Predictor(Store store, BeaconStates states, ChainSpec spec, InstantSource time) {
    this.store = store;
    this.states = states;
    this.spec = spec;
    this.time = time;
    this.freshSlots = spec.slotsPerEpoch();
    this.payments = new PaymentHistory(store);
  }

  /**
   * What was foreseen, and from where.
   *
   * @param head the block that it was made from
   */
  public record Answer(BlockRef head, SweepState sweep, List<Outlook> outlooks) {
    public Answer {
      outlooks = List.copyOf(outlooks);
    }
  }

  /**
   * Where the sweep stands.
   *
   * @param cursor {@code next_withdrawal_validator_index}
   * @param validators how many there are
   * @param lapBlocks blocks that a lap takes
   * @param lapSlots slots that a lap takes
   * @param missed the share of slots missed, as seen
   * @param known the share of validators that the sweep was seen to look at
   */
  public record SweepState(
      int cursor, int validators, int lapBlocks, long lapSlots, double missed, double known) {}

  /**
   * What is to come for validators, in the order of their indices.
   *
   * @param validators by index or key; those that do not exist are left out
   * @param addresses all validators that they were seen to be paid for
   * @throws AurigaException {@code AUR-WITHDRAWALS-NO-FORECAST} if too little of the chain was
   *     followed yet, {@code AUR-WITHDRAWALS-BAD-FILTER} for more than {@link #VALIDATORS_MAX}; a
   *     {@link io.auriga.clients.NodeException} if no node answers
   */
  public Answer outlooks(Collection<ValidatorId> validators, Collection<Address> addresses) {
    Set<ValidatorId> ids = new LinkedHashSet<>(validators);
    for (Address address : addresses) {
      payments.validatorsOf(address, VALIDATORS_MAX + 1).forEach(v -> ids.add(ValidatorId.of(v)));
    }
    if (ids.size() > VALIDATORS_MAX) {
      throw new AurigaException(
          WithdrawalError.BAD_FILTER,
          "predict withdrawals",
          "more than " + VALIDATORS_MAX + " validators are asked for");
    }
    List<Validator> found =
        states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of()).stream()
            .sorted(Comparator.comparing(Validator::index))
            .toList();
    lock.lock();
    try {
      Forecast current = current();
      BlockRef head = Objects.requireNonNull(forecastHead);
      List<Outlook> outlooks = new ArrayList<>();
      for (Validator validator : found) {
        outlooks.add(current.of(validator, payments.of(validator.index(), head.slot())));
      }
      return new Answer(head, state(current), outlooks);
    } finally {
      lock.unlock();
    }
  }

  private SweepState state(Forecast current) {
    SweepProfile profile = history().profile();
    SweepPath path = current.path();
    return new SweepState(
        profile.cursor().orElseThrow(),
        profile.count(),
        path.lapBlocks(),
        Math.round(path.pace().slotsFor(path.lapBlocks())),
        path.pace().missed(),
        profile.known());
  }

  /** What outcomes taught. */
  TrackRecord track() {
    return track;
  }

  SweepRules rules() {
    lock.lock();
    try {
      history();
      return Objects.requireNonNull(rules);
    } finally {
      lock.unlock();
    }
  }

  private SweepHistory history() {
    SweepHistory present = history;
    if (present == null || isNewFork()) {
      rules = SweepRules.of(spec, spec.forkAt(payments.headSlot()));
      present = new SweepHistory(store, rules);
      history = present;
    }
    return present;
  }

  /** The bounds change with a fork; the bits of the lap before are learned anew. */
  private boolean isNewFork() {
    return rules != null && !rules.equals(SweepRules.of(spec, spec.forkAt(payments.headSlot())));
  }

  /** The forecast from the ledger's head; made anew when the head moved. */
  private Forecast current() {
    SweepHistory present = history();
    present.catchUp();
    BlockRef head = present.head().orElseThrow(() -> none("the ledger is empty"));
    Forecast made = forecast;
    if (made != null && head.equals(forecastHead)) {
      return made;
    }
    SweepProfile profile = present.profile();
    if (Math.abs(head.slot().value() - askedAt) >= freshSlots) {
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
    made =
        Forecast.of(
            profile,
            queue,
            fresh(profile),
            payments.income(head.slot()).orElse(Income.ASSUMED),
            track);
    forecast = made;
    forecastHead = head;
    return made;
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
    for (Validator validator : validators(ahead)) {
      profile.refresh((int) validator.index().value(), profile.rules().pays(validator, now));
    }
    freshEnd = profile.count() == 0 ? 0 : (cursor + fresh) % profile.count();
  }

  private void sample(SweepProfile profile, BlockRef head) {
    // Neighbours share their fate, so single validators far apart tell more than whole ranges.
    int step = profile.count() / (SAMPLES * SAMPLES);
    if (step < 1) {
      return;
    }
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      wanted.add(i * step);
    }
    int[] paying = new int[SAMPLES];
    Epoch now = spec.epochOf(head.slot());
    for (Validator validator : validators(wanted)) {
      int range = Math.min(SAMPLES - 1, (int) validator.index().value() / step / SAMPLES);
      paying[range] += profile.rules().pays(validator, now) ? 1 : 0;
    }
    for (int range = 0; range < SAMPLES; range++) {
      int from = range * SAMPLES * step;
      int end = range == SAMPLES - 1 ? profile.count() : from + SAMPLES * step;
      profile.guess(from, end, (double) paying[range] / SAMPLES);
    }
  }

  private List<Validator> validators(List<Integer> indices) {
    List<ValidatorId> ids =
        indices.stream()
            .<ValidatorId>map(index -> ValidatorId.of(new ValidatorIndex(index)))
            .toList();
    return states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of());
  }

  private static AurigaException none(String problem) {
    return new AurigaException(WithdrawalError.NO_FORECAST, "predict withdrawals", problem);
  }

  /** Keeps predictions and compares them with what comes. */
  public PredictionBook book() {
    return new PredictionBook(store, rules());
  }

  /** What validators are to expect, written down to be scored, once an epoch for each. */
  Answer publish(
      PredictionBook book, Collection<ValidatorId> validators, Collection<Address> addresses) {
    Answer answer = outlooks(validators, addresses);
    book.add(
        answer.outlooks().stream().flatMap(outlook -> outlook.payments().stream()).toList(),
        answer.head(),
        time.instant());
    return answer;
  }

  /** Reads a validator as people write it: an index, or {@code 0x} and 96 digits. */
  public static ValidatorId parse(String text) {
    return text.startsWith("0x")
        ? ValidatorId.of(BlsPublicKey.fromHex(text))
        : ValidatorId.of(ValidatorIndex.parseDecimal(text));
  }
}
