package io.auriga.withdrawals.prediction;

import io.auriga.chain.BlockRef;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.exit.ExitWindow;
import io.auriga.withdrawals.prediction.Forecaster.Made;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers when validators are paid next, and what leaving would come to, from the ledger and a few
 * questions to a beacon node. Works beside a process that writes the store, too. Safe for many
 * threads; a node that is slow to say how the chain stands holds up no answer that the last
 * forecast can give.
 */
public final class Predictor {
  /** Validators in one question. */
  public static final int VALIDATORS_MAX = 4_096;

  /** How long an answer waits for a newer forecast where there is one from the same epoch. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Store store;
  private final BeaconStates states;
  private final ChainSpec spec;
  private final InstantSource time;
  private final TrackRecord track = TrackRecord.empty();
  private final PaymentHistory payments;
  private final Latest<Made> forecast;
  private final Latest<AskedExits> exits;

  public Predictor(Store store, BeaconStates states, ChainSpec spec, InstantSource time) {
    this(store, states, spec, time, PATIENCE);
  }

  Predictor(
      Store store, BeaconStates states, ChainSpec spec, InstantSource time, Duration patience) {
    this.store = store;
    this.states = states;
    this.spec = spec;
    this.time = time;
    this.payments = new PaymentHistory(store);
    Forecaster forecaster = new Forecaster(store, states, spec, track);
    this.forecast = new Latest<>("auriga-forecast", forecaster::make, patience);
    this.exits = new Latest<>("auriga-exit-queue", this::askExits, patience);
  }

  private record AskedExits(Slot head, ExitWindow window) {}

  /**
   * What was foreseen, and from where.
   *
   * @param head the block that it was made from
   * @param together the same for all of them as one
   */
  public record Answer(BlockRef head, SweepState sweep, List<Outlook> outlooks, Together together) {
    public Answer {
      outlooks = List.copyOf(outlooks);
    }
  }

  /**
   * What leaving would come to.
   *
   * @param queue as it stands
   * @param together if all that could leave asked in the next block, one behind the other: how
   *     many, and when the last of them would be out
   */
  public record ExitAnswer(
      BlockRef head, ExitWindow queue, List<ExitOutlook> outlooks, Optional<AllOut> together) {
    public ExitAnswer {
      outlooks = List.copyOf(outlooks);
    }
  }

  /**
   * When several that leave at once are out.
   *
   * @param validators how many could ask now
   * @param first when the first of them would be out
   * @param last when the last of them would be out
   * @param withdrawable when the last of them could be paid
   */
  public record AllOut(
      int validators,
      ExitWindow.Epochs first,
      ExitWindow.Epochs last,
      ExitWindow.Epochs withdrawable) {}

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
    List<Validator> found = found(validators, addresses);
    Made made = forecast();
    Map<ValidatorIndex, Income.Past> past = past(found, made);
    List<Outlook> outlooks =
        found.stream()
            .map(one -> made.forecast().of(one, Optional.ofNullable(past.get(one.index()))))
            .toList();
    Together together =
        Together.of(
            outlooks,
            made.head().slot().value(),
            made.forecast().laps(),
            made.rules(),
            spec.slotDuration(),
            track.amounts().spread());
    return new Answer(made.head(), made.sweep(), outlooks, together);
  }

  /**
   * What leaving would come to for validators, in the order of their indices; for each as if it
   * alone asked in the next block.
   *
   * @throws AurigaException as {@link #outlooks}, and {@code AUR-WITHDRAWALS-NO-EXIT-QUEUE} if no
   *     node lists what the exit queue is made of
   */
  public ExitAnswer exits(Collection<ValidatorId> validators, Collection<Address> addresses) {
    List<Validator> found = found(validators, addresses);
    Made made = forecast();
    ExitWindow window = exitQueue(made);
    ExitForecast exit = new ExitForecast(made.forecast(), made.rules(), window);
    Map<ValidatorIndex, Income.Past> past = past(found, made);
    List<ExitOutlook> outlooks =
        found.stream()
            .map(one -> exit.of(one, Optional.ofNullable(past.get(one.index()))))
            .toList();
    return new ExitAnswer(made.head(), window, outlooks, allOut(outlooks, exit, window));
  }

  private static Optional<AllOut> allOut(
      List<ExitOutlook> outlooks, ExitForecast exit, ExitWindow window) {
    ExitWindow queue = window;
    Optional<ExitWindow.Epochs> first = Optional.empty();
    Optional<ExitWindow.Epochs> last = Optional.empty();
    int count = 0;
    for (ExitOutlook outlook : outlooks) {
      if (outlook instanceof ExitOutlook.IfNow could) {
        ExitWindow.Place place = queue.enter(exit.weight(could.validator()));
        queue = place.behind();
        last = Optional.of(place.exit());
        first = first.or(() -> Optional.of(place.exit()));
        count++;
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new AllOut(
                count,
                first.orElseThrow(),
                last.orElseThrow(),
                window.withdrawable(last.orElseThrow())));
  }

  private List<Validator> found(Collection<ValidatorId> validators, Collection<Address> addresses) {
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
    return states.validators(StateId.head(), ids).map(StateAnswer::data).orElse(List.of()).stream()
        .sorted(Comparator.comparing(Validator::index))
        .toList();
  }

  private Map<ValidatorIndex, Income.Past> past(List<Validator> found, Made made) {
    return payments.of(found.stream().map(Validator::index).toList(), made.head().slot());
  }

  /**
   * The forecast from the ledger's head; one of the same epoch while a newer one is slow to come.
   */
  private Made forecast() {
    BlockRef head = payments.head().orElseThrow(() -> Forecaster.none("the ledger is empty"));
    return forecast.get(
        made -> made.head().equals(head), made -> isOfSameEpoch(made.head().slot(), head.slot()));
  }

  /** The exit queue as of an epoch; what came since moves it by a little. */
  private ExitWindow exitQueue(Made made) {
    Slot head = made.head().slot();
    return exits
        .get(asked -> isOfSameEpoch(asked.head(), head), asked -> isOfSameEpoch(asked.head(), head))
        .window();
  }

  private AskedExits askExits() {
    Made made = forecast();
    Slot head = made.head().slot();
    return new AskedExits(
        head, new ExitQuestions(states, spec).ask(head, made.sweep().validators()));
  }

  private boolean isOfSameEpoch(Slot one, Slot other) {
    return Math.abs(one.value() - other.value()) < spec.slotsPerEpoch();
  }

  /** What outcomes taught. */
  TrackRecord track() {
    return track;
  }

  /** Learns from what came of earlier predictions, where the store keeps any. */
  public void learn() {
    track.clear();
    if (store.holds(PredictionBook.MIGRATIONS)) {
      PredictionBook.lessons(store).forEach(track::scored);
    }
  }

  /** Keeps predictions and compares them with what comes. */
  public PredictionBook book() {
    return new PredictionBook(store, Forecaster.rules(spec, payments));
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
