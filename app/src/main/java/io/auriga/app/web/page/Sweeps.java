package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.PredictionQuality;
import io.auriga.withdrawals.prediction.Predictor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the page of the sweep. */
final class Sweeps {
  private static final double CENTER = 150;
  private static final double RADIUS = 112;
  private static final double LABEL_RADIUS = 134;
  private static final int TENTHS = 10;

  private final WebInputs inputs;
  private final Expectations expectations;

  Sweeps(WebInputs inputs) {
    this.inputs = inputs;
    this.expectations = new Expectations(inputs);
  }

  SweepPage page(Chrome chrome, Instant now) {
    Expectations.Found found = expectations.of(List.of(), Set.of());
    Optional<Predictor.SweepState> sweep =
        found.answers().stream().findFirst().map(Predictor.Answer::sweep);
    PredictionQuality quality = inputs.predictions().quality();
    return new SweepPage(
        chrome,
        sweep.map(this::ring),
        found.problem(),
        sweep.map(this::facts).orElse(List.of()),
        Digits.counted(quality.open(), "prediction"),
        quality(quality));
  }

  private SweepPage.Ring ring(Predictor.SweepState sweep) {
    double share = share(sweep.cursor(), sweep.validators());
    List<SweepPage.Tick> ticks = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      double at = tenth / (double) TENTHS;
      long index = Math.round(at * sweep.validators());
      ticks.add(
          new SweepPage.Tick(
              x(at, RADIUS),
              y(at, RADIUS),
              x(at, LABEL_RADIUS),
              y(at, LABEL_RADIUS),
              brief(index)));
    }
    return new SweepPage.Ring(
        Digits.grouped(sweep.cursor()),
        Digits.grouped(sweep.validators()),
        x(share, RADIUS),
        y(share, RADIUS),
        arc(sweptFrom(sweep), share),
        ticks);
  }

  /** Where the sweep stood an epoch ago, by the oldest block of the newest ones. */
  private double sweptFrom(Predictor.SweepState sweep) {
    long slots = inputs.spec().slotsPerEpoch();
    int limit = (int) Math.min(1_000, slots * inputs.spec().number("MAX_WITHDRAWALS_PER_PAYLOAD"));
    List<WithdrawalRecord> latest =
        inputs.queries().list(WithdrawalFilter.ALL, limit, Optional.empty()).records();
    return latest.isEmpty()
        ? share(sweep.cursor(), sweep.validators())
        : share(index(latest.getLast().withdrawal()), sweep.validators());
  }

  private static long index(Withdrawal withdrawal) {
    return withdrawal.validatorIndex().value();
  }

  private static double share(long index, long validators) {
    return validators == 0 ? 0 : Math.clamp(index / (double) validators, 0, 1);
  }

  private static String arc(double from, double to) {
    double length = to >= from ? to - from : to + 1 - from;
    return String.format(
        Locale.ROOT,
        "M%.1f %.1fA%.0f %.0f 0 %d 1 %.1f %.1f",
        x(from, RADIUS),
        y(from, RADIUS),
        RADIUS,
        RADIUS,
        length > 0.5 ? 1 : 0,
        x(to, RADIUS),
        y(to, RADIUS));
  }

  private static double x(double share, double radius) {
    return rounded(CENTER + radius * Math.sin(2 * Math.PI * share));
  }

  private static double y(double share, double radius) {
    return rounded(CENTER - radius * Math.cos(2 * Math.PI * share));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static String brief(long index) {
    return index < 10_000 ? Long.toString(index) : Math.round(index / 1_000.0) + "k";
  }

  private List<WithdrawalPage.Fact> facts(Predictor.SweepState sweep) {
    long seconds = sweep.lapSlots() * inputs.clock().slotDuration().toSeconds();
    return List.of(
        fact("Next validator", Digits.grouped(sweep.cursor()), "where the next block begins"),
        fact("Validators", Digits.grouped(sweep.validators()), "in all"),
        fact(
            "One lap",
            Moment.span(seconds),
            Digits.counted(sweep.lapBlocks(), "block")
                + " in "
                + Digits.counted(sweep.lapSlots(), "slot")),
        fact("Slots missed", percent(sweep.missed()), "as seen"),
        fact("Known of the lap", percent(sweep.known()), "seen swept; the rest is sampled"));
  }

  private static List<SweepPage.Quality> quality(PredictionQuality quality) {
    List<SweepPage.Quality> rows = new ArrayList<>();
    for (Map.Entry<Prediction.Kind, PredictionQuality.Figures> entry :
        quality.kinds().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
      PredictionQuality.Figures figures = entry.getValue();
      rows.add(
          new SweepPage.Quality(
              switch (entry.getKey()) {
                case SWEEP -> "Sweep";
                case PARTIAL -> "Requested";
                case FULL -> "Full";
              },
              Digits.grouped(figures.outcomes()),
              percent(figures.medianError()),
              percent(figures.highError()),
              percent(figures.slotsHeld()),
              percent(figures.amountsHeld())));
    }
    return rows;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.2f %%" : "%.1f %%", share * 100);
  }

  private static WithdrawalPage.Fact fact(String label, String value, String note) {
    return new WithdrawalPage.Fact(label, value, note, "", false);
  }
}
