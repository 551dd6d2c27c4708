package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.Validator;
import io.auriga.testkit.sweep.SimulatedSweep;
import io.auriga.testkit.sweep.SweepWorld;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Predicts over a simulated chain, waits for what comes, and keeps the score. The forecaster sees
 * what it would see of a real chain: blocks, now and then the number of validators and the queue,
 * and the validators it is asked about.
 */
final class SweepTrial {
  private static final Address ADDRESS = Address.fromHex("0x" + "11".repeat(20));
  private static final BlsPublicKey KEY = BlsPublicKey.fromHex("0x" + "22".repeat(48));

  final SimulatedSweep chain;
  final SweepProfile profile;
  final TrackRecord track = TrackRecord.empty();
  final List<Score> scores = new ArrayList<>();
  final List<SumScore> sums = new ArrayList<>();
  private final SweepRules rules;
  private final Random random;
  private final Map<Long, List<Open>> open = new HashMap<>();
  private final List<OpenSum> openSums = new ArrayList<>();

  /** A prediction that has not come true yet. */
  private record Open(Prediction prediction, long madeAt) {}

  /** What came of one. */
  record Score(Kind kind, long horizon, long error, boolean held, boolean amountHeld, long width) {
    double share() {
      return (double) Math.abs(error) / horizon;
    }
  }

  /** What comes to a group until a slot, as it was expected and as it comes. */
  private static final class OpenSum {
    final Set<Integer> group;
    final Together.Period expected;
    final List<Integer> before;
    long came;

    OpenSum(Set<Integer> group, Together.Period expected, List<Integer> before) {
      this.group = group;
      this.expected = expected;
      this.before = before;
    }
  }

  /** What came of a sum. */
  record SumScore(double share, boolean held, double width) {}

  SweepTrial(SweepWorld world, long seed) {
    this.chain = new SimulatedSweep(world, seed);
    this.random = new Random(~seed);
    this.rules =
        new SweepRules(
            world.payloadMax(),
            world.sweepMax(),
            world.partialsMax(),
            SimulatedSweep.SLOTS_PER_EPOCH,
            256,
            32_000_000_000L,
            2_048_000_000_000L);
    this.profile = new SweepProfile(rules);
    profile.validators(chain.count(), 0);
  }

  /** Lets slots pass. */
  void follow(int slots) {
    for (int i = 0; i < slots; i++) {
      if (chain.step()) {
        int[] payload = chain.payload();
        profile.applied(chain.slot(), payload);
        if (profile.cursor().isPresent() && profile.cursor().getAsInt() != chain.cursor()) {
          throw new AssertionError(
              "slot %d: %s, and the chain is at %d of %d"
                  .formatted(chain.slot(), profile, chain.cursor(), chain.count()));
        }
        score(payload, chain.amounts());
      }
      closeSums();
      if (chain.slot() % 300 == 0) {
        profile.validators(chain.count(), chain.slot());
      }
    }
  }

  /** Until the sweep was once round. */
  void followOneLap() {
    while (profile.known() < 0.999) {
      follow(1_000);
    }
  }

  private void score(int[] payload, long[] paid) {
    for (int i = 0; i < payload.length; i++) {
      long validator = payload[i];
      Kind kind = i < chain.partials() ? Kind.PARTIAL : kind(payload[i]);
      long amount = paid[i];
      for (OpenSum sum : openSums) {
        sum.came += sum.group.contains(payload[i]) ? amount : 0;
      }
      List<Open> waiting = open.getOrDefault(validator, new ArrayList<>());
      waiting.removeIf(
          one -> {
            if (one.prediction().kind() != kind) {
              return false;
            }
            settle(one, amount);
            return true;
          });
    }
  }

  private void closeSums() {
    openSums.removeIf(
        one -> {
          if (chain.slot() < one.expected.untilSlot()) {
            return false;
          }
          if (!one.before.equals(standing(one.group))) {
            // Somebody left, asked, or went down unannounced: that is not a matter of the sum.
            return true;
          }
          double expected = one.expected.sum().amount();
          sums.add(
              new SumScore(
                  Math.abs(one.came - expected) / expected,
                  one.expected.sum().holds(one.came),
                  (one.expected.sum().high() - one.expected.sum().low()) / expected));
          return true;
        });
  }

  /** Adds up what is to come for so many validators that one operator may have. */
  void predictSums(Forecast forecast, int howMany) {
    Set<Integer> group = new HashSet<>();
    List<Outlook> outlooks = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      int v = random.nextInt(chain.count());
      if (!chain.isOffline(v) && group.add(v)) {
        outlooks.add(forecast.of(validator(v), Optional.empty()));
      }
    }
    Together.of(
            outlooks,
            chain.slot(),
            forecast.laps(),
            rules,
            Duration.ofSeconds(12),
            track.amounts().spread())
        .periods()
        .forEach(period -> openSums.add(new OpenSum(group, period, standing(group))));
  }

  /** What an operator decides and the sweep does not. */
  private List<Integer> standing(Set<Integer> group) {
    Map<Integer, Integer> requests = new HashMap<>();
    chain.asked().forEach(v -> requests.merge(v, 1, Integer::sum));
    return group.stream()
        .sorted()
        .flatMap(
            v ->
                Stream.of(
                    chain.exitSlot(v),
                    chain.prefix(v),
                    chain.isOffline(v) ? 1 : 0,
                    requests.getOrDefault(v, 0)))
        .toList();
  }

  private Kind kind(int validator) {
    return chain.withdrawableSlot(validator) <= chain.slot() ? Kind.FULL : Kind.SWEEP;
  }

  private void settle(Open one, long amount) {
    SlotInterval slot = one.prediction().slot();
    long error = chain.slot() - slot.slot();
    track.scored(one.prediction(), one.madeAt(), chain.slot(), amount);
    Prediction.AmountInterval sum = one.prediction().amount();
    scores.add(
        new Score(
            one.prediction().kind(),
            chain.slot() - one.madeAt(),
            error,
            slot.holds(chain.slot()),
            sum.low() <= amount && amount <= sum.high(),
            slot.high() - slot.low()));
  }

  Forecast forecast() {
    return forecast(Math.min(4_096, chain.count()));
  }

  /**
   * @param fresh how many validators from the cursor on the node was asked about
   */
  Forecast forecast(int fresh) {
    int cursor = profile.cursor().orElseThrow();
    for (int i = 0; i < fresh; i++) {
      int v = (cursor + i) % chain.count();
      profile.refresh(v, pays(v));
    }
    List<PendingPartials.Entry> queue =
        chain.queue().stream()
            .map(
                request ->
                    new PendingPartials.Entry(
                        new ValidatorIndex(request.validator()),
                        new Gwei(request.amount()),
                        epoch(request.withdrawableSlot())))
            .toList();
    return Forecast.of(
        profile,
        new PendingPartials.Listed(queue, false),
        fresh,
        new Income(11.0 / 1_000_000_000),
        track);
  }

  /** Asks the node about so many validators in each of so many ranges, evenly spread. */
  void sample(int ranges, int size) {
    int step = chain.count() / (ranges * size);
    for (int range = 0; range < ranges; range++) {
      int from = range * size * step;
      int paying = 0;
      for (int i = 0; i < size; i++) {
        paying += pays(from + i * step) ? 1 : 0;
      }
      int end = range == ranges - 1 ? chain.count() : from + size * step;
      profile.guess(from, end, (double) paying / size);
    }
  }

  private boolean pays(int v) {
    if (chain.prefix(v) == 0) {
      return false;
    }
    if (chain.withdrawableSlot(v) <= chain.slot()) {
      return chain.balance(v) > 0;
    }
    long keeps = chain.prefix(v) == 2 ? rules.maxCompounding() : rules.minActivation();
    return chain.effectiveBalance(v) == keeps
        && chain.balance(v) >= keeps
        && chain.activationSlot(v) <= chain.slot();
  }

  /** Predicts for random validators; their outcomes come to the score. */
  void predict(Forecast forecast, int howMany) {
    for (int i = 0; i < howMany; i++) {
      var _ = predictFor(forecast, random.nextInt(chain.count()));
    }
    chain.queue().stream()
        .filter(_ -> random.nextInt(100) == 0)
        .limit(howMany / 10)
        .forEach(request -> predictFor(forecast, request.validator()));
  }

  Optional<Prediction> predictFor(Forecast forecast, int validator) {
    Outlook outlook = forecast.of(validator(validator), Optional.empty());
    for (Kind kind : Kind.values()) {
      outlook.payments().stream()
          .filter(payment -> payment.kind() == kind)
          .findFirst()
          .ifPresent(
              first ->
                  open.computeIfAbsent((long) validator, _ -> new ArrayList<>())
                      .add(new Open(first, chain.slot())));
    }
    return outlook.payments().stream().findFirst();
  }

  Validator validator(int v) {
    return new Validator(
        new ValidatorIndex(v),
        KEY,
        WithdrawalCredentials.of(chain.prefix(v), ADDRESS),
        new Gwei(chain.balance(v)),
        new Gwei(chain.effectiveBalance(v)),
        false,
        new Validator.Life(
            new Epoch(0),
            epoch(Math.max(0, chain.activationSlot(v))),
            epoch(chain.exitSlot(v)),
            epoch(chain.withdrawableSlot(v))));
  }

  private static Epoch epoch(int slot) {
    return slot == SimulatedSweep.NEVER
        ? Epoch.FAR_FUTURE
        : new Epoch(Math.max(0, slot) / SimulatedSweep.SLOTS_PER_EPOCH);
  }

  /** The middle of the errors, each as a share of its horizon. */
  static double medianShare(List<Score> scores) {
    double[] shares = scores.stream().mapToDouble(Score::share).sorted().toArray();
    return shares.length == 0 ? Double.NaN : shares[shares.length / 2];
  }

  static double held(List<Score> scores) {
    return scores.stream().mapToInt(score -> score.held() ? 1 : 0).average().orElse(Double.NaN);
  }

  static double sumsHeld(List<SumScore> sums) {
    return sums.stream().mapToInt(sum -> sum.held() ? 1 : 0).average().orElse(Double.NaN);
  }

  private String sumsLine() {
    double[] shares = sums.stream().mapToDouble(SumScore::share).sorted().toArray();
    double[] widths = sums.stream().mapToDouble(SumScore::width).sorted().toArray();
    return shares.length == 0
        ? ""
        : "%-26s %6d outcomes, median error %.3f %% of the sum, %.1f %% in the interval (width %.2f %%)%n"
            .formatted(
                "sums of groups",
                shares.length,
                100 * shares[shares.length / 2],
                100 * sumsHeld(sums),
                100 * widths[widths.length / 2]);
  }

  String report() {
    StringBuilder text = new StringBuilder(sumsLine());
    for (Kind kind : Kind.values()) {
      List<Score> of = scores.stream().filter(score -> score.kind() == kind).toList();
      if (!of.isEmpty()) {
        text.append(line(kind.lowerName(), of));
      }
    }
    for (long[] range : new long[][] {{0, 1_024}, {1_024, 16_384}, {16_384, 1 << 30}}) {
      List<Score> of =
          scores.stream()
              .filter(score -> score.horizon() >= range[0] && score.horizon() < range[1])
              .toList();
      text.append(line("horizon " + Arrays.toString(range), of));
    }
    return text.append(line("all", scores)).toString();
  }

  private static String line(String name, List<Score> of) {
    double amounts =
        of.stream().mapToInt(score -> score.amountHeld() ? 1 : 0).average().orElse(Double.NaN);
    double[] widths =
        of.stream().mapToDouble(s -> (double) s.width() / s.horizon()).sorted().toArray();
    return "%-26s %6d outcomes, median error %.3f %% of the horizon, %.1f %% in the interval (width %.2f %%), %.1f %% of amounts%n"
        .formatted(
            name,
            of.size(),
            100 * medianShare(of),
            100 * held(of),
            widths.length == 0 ? Double.NaN : 100 * widths[widths.length / 2],
            100 * amounts);
  }
}
