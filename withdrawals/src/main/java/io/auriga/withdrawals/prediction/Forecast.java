package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.prediction.Outlook.QueuePlace;
import io.auriga.withdrawals.prediction.Prediction.AmountInterval;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is foreseen from one head: the way of the sweep, the queue of requests, the income, and
 * how far own forecasts went wrong before. Built in a few milliseconds for a head; then an answer
 * for a validator is a search. Shared by threads.
 */
public final class Forecast {
  private static final double NONE = 0;

  // More than the supply of ether: a node that names more does not mean it.
  private static final long BALANCE_MAX = 1L << 58;

  // Who earns nothing is not paid; looking further ahead than this says nothing.
  private static final int LAPS_MAX = 64;

  private final SweepRules rules;
  private final SweepPath path;
  private final PartialSchedule schedule;
  private final Map<ValidatorIndex, List<QueuePlace>> places;
  private final int fresh;
  private final Income income;
  private final TrackRecord track;

  private Forecast(
      SweepRules rules,
      SweepPath path,
      PartialSchedule schedule,
      Map<ValidatorIndex, List<QueuePlace>> places,
      int fresh,
      Income income,
      TrackRecord track) {
    this.rules = rules;
    this.path = path;
    this.schedule = schedule;
    this.places = places;
    this.fresh = fresh;
    this.income = income;
    this.track = track;
  }

  /**
   * @param profile must know its cursor
   * @param queue as of the profile's last block
   * @param fresh how many validators from the cursor on the profile was told of by {@link
   *     SweepProfile#refresh}
   */
  public static Forecast of(
      SweepProfile profile, PendingPartials queue, int fresh, Income income, TrackRecord track) {
    List<PendingPartials.Entry> entries =
        switch (queue) {
          case PendingPartials.Listed(var listed, var _) -> listed;
          case PendingPartials.Unavailable _ -> List.of();
        };
    SweepRules rules = profile.rules();
    PartialSchedule schedule =
        queue instanceof PendingPartials.Listed && rules.partialCap() > 0
            ? PartialSchedule.of(
                rules,
                entries.stream().map(entry -> entry.withdrawable().value()).toList(),
                profile.slot(),
                profile.pace().pace())
            : PartialSchedule.UNKNOWN;
    Map<ValidatorIndex, List<QueuePlace>> places = new HashMap<>();
    for (int i = 0; i < entries.size() && rules.partialCap() > 0; i++) {
      PendingPartials.Entry entry = entries.get(i);
      places
          .computeIfAbsent(entry.validatorIndex(), _ -> new ArrayList<>())
          .add(new QueuePlace(i, entry.amount(), entry.withdrawable()));
    }
    return new Forecast(
        rules, SweepPath.of(profile, schedule, fresh), schedule, places, fresh, income, track);
  }

  public SweepPath path() {
    return path;
  }

  /** How the turns of the sweep follow each other. */
  Together.Laps laps() {
    SlotInterval lap = interval(path.lap(fresh));
    double slots = Math.max(1, path.lapSlots());
    return new Together.Laps(
        slots, (lap.high() - lap.low()) / (2 * slots), path.pace().newPerSlot() / path.count());
  }

  /**
   * What is to come for a validator.
   *
   * @param past its last payments by the sweep; empty where the ledger has none
   */
  public Outlook of(Validator validator, Optional<Income.Past> past) {
    long keeps = rules.keeps(validator.credentials());
    if (keeps == 0 || !path.knows(validator.index())) {
      String reason =
          keeps == 0
              ? "its credentials name no address to pay to"
              : "no block and no node has shown a validator of this index yet";
      return new Outlook(validator, List.of(), List.of(), Optional.of(reason), 0);
    }
    double perSlot =
        income.perSlot(
            gwei(validator.effectiveBalance()),
            gwei(validator.balance()) - keeps,
            path.headSlot(),
            past);
    Optional<Prediction> full = full(validator, keeps, perSlot);
    Optional<Prediction> sweep =
        sweep(validator, keeps, perSlot)
            .filter(one -> full.isEmpty() || one.slot().slot() < full.get().slot().slot());
    List<QueuePlace> queued = places.getOrDefault(validator.index(), List.of());
    List<Prediction> payments = new ArrayList<>(partials(validator, queued));
    sweep.ifPresent(payments::add);
    full.ifPresent(payments::add);
    payments.sort(Comparator.comparingLong(payment -> payment.slot().slot()));
    return new Outlook(
        validator,
        payments,
        queued,
        sweep.isPresent() || full.isPresent()
            ? Optional.empty()
            : Optional.of(reason(validator, keeps)),
        perSlot);
  }

  private static String reason(Validator validator, long keeps) {
    if (validator.life().withdrawable().isScheduled() && validator.balance().equals(Gwei.ZERO)) {
      return "it has left, and all was paid";
    }
    if (gwei(validator.effectiveBalance()) == keeps) {
      return "its balance is below the %d ether that stay, and it does not earn enough"
          .formatted(keeps / 1_000_000_000);
    }
    return "its effective balance is below the %d ether above which the sweep pays"
        .formatted(keeps / 1_000_000_000);
  }

  private Optional<Prediction> sweep(Validator validator, long keeps, double perSlot) {
    if (gwei(validator.effectiveBalance()) != keeps) {
      return Optional.empty();
    }
    long head = path.headSlot();
    long excess = gwei(validator.balance()) - keeps;
    long notBefore = head + 1;
    long begins = Math.max(head, startOf(validator.life().activation()));
    if (excess <= 0) {
      // It must earn something first: in its first epochs, or what it lost before.
      double missing = -excess / Math.max(1e-3, perSlot);
      double earned = begins + Math.max(excess == 0 ? 2.0 * rules.slotsPerEpoch() : 0, missing);
      if (earned - head > (double) path.lapBlocks() * LAPS_MAX) {
        return Optional.empty();
      }
      notBefore = (long) earned;
    }
    SlotInterval slot = interval(path.look(index(validator), notBefore, fresh));
    long from = Math.min(begins, slot.low());
    return Optional.of(
        new Prediction(
            validator.index(),
            Kind.SWEEP,
            slot,
            track.amounts().interval(excess, perSlot, earning(slot, from, validator), from)));
  }

  private Optional<Prediction> full(Validator validator, long keeps, double perSlot) {
    Epoch withdrawable = validator.life().withdrawable();
    if (!withdrawable.isScheduled() || validator.balance().equals(Gwei.ZERO)) {
      return Optional.empty();
    }
    long head = path.headSlot();
    SlotInterval slot = interval(path.look(index(validator), startOf(withdrawable), fresh));
    // The lap before takes what is above the balance that stays, so that only this is left.
    long lapBefore = slot.slot() - path.lapSlots();
    boolean swept =
        lapBefore > head
            && gwei(validator.effectiveBalance()) == keeps
            && gwei(validator.balance()) >= keeps;
    long known = swept ? keeps : gwei(validator.balance());
    long from = swept ? lapBefore : head;
    return Optional.of(
        new Prediction(
            validator.index(),
            Kind.FULL,
            slot,
            track.amounts().interval(known, perSlot, earning(slot, from, validator), from)));
  }

  /** Until when something is earned: nothing is after the exit. */
  private SlotInterval earning(SlotInterval slot, long from, Validator validator) {
    long end = Math.max(from, startOf(validator.life().exit()));
    return new SlotInterval(
        Math.clamp(slot.low(), from, end),
        Math.clamp(slot.slot(), from, end),
        Math.clamp(slot.high(), from, end),
        NONE);
  }

  private List<Prediction> partials(Validator validator, List<QueuePlace> queued) {
    long floor = rules.minActivation();
    List<Prediction> payments = new ArrayList<>();
    if (validator.life().exit().isScheduled() || gwei(validator.effectiveBalance()) < floor) {
      return payments;
    }
    long left = gwei(validator.balance()) - floor;
    for (QueuePlace place : queued) {
      int block = schedule.blockOf(place.place());
      long amount = Math.min(left, gwei(place.amount()));
      if (amount <= 0 || block == PartialSchedule.NEVER) {
        break;
      }
      left -= amount;
      payments.add(
          new Prediction(
              validator.index(),
              Kind.PARTIAL,
              interval(partialSlot(block, startOf(place.withdrawable()))),
              new AmountInterval(amount, amount, amount, 0)));
    }
    return payments;
  }

  /** An entry that waits for its epoch waits for slots, one that waits for others for blocks. */
  private SlotEstimate partialSlot(int block, long epochStart) {
    long head = path.headSlot();
    long byQueue = PartialSchedule.slotOf(head, block, path.pace());
    boolean waits = epochStart > head && byQueue - epochStart < rules.slotsPerEpoch();
    double blocks = waits ? Math.max(1, byQueue - epochStart + 1) : block;
    return new SlotEstimate(
        Math.max(byQueue, epochStart), path.pace().deviation(blocks, NONE, NONE, 1));
  }

  private SlotInterval interval(SlotEstimate estimate) {
    return track.slots().interval(estimate, path.headSlot());
  }

  private static int index(Validator validator) {
    return (int) validator.index().value();
  }

  private static long gwei(Gwei amount) {
    return Long.compareUnsigned(amount.value(), BALANCE_MAX) > 0 ? BALANCE_MAX : amount.value();
  }

  private long startOf(Epoch epoch) {
    long last = BALANCE_MAX / rules.slotsPerEpoch();
    long known = Long.compareUnsigned(epoch.value(), last) > 0 ? last : epoch.value();
    return known * rules.slotsPerEpoch();
  }
}
