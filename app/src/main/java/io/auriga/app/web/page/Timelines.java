package io.auriga.app.web.page;

import io.auriga.withdrawals.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns the times of the stages into the steps that a page draws. */
final class Timelines {
  private final Rows rows;

  Timelines(Rows rows) {
    this.rows = rows;
  }

  Timeline of(StageTimes times) {
    List<Timeline.Step> steps = new ArrayList<>();
    boolean lost = times.orphaned().isPresent();
    Optional<Instant> before = Optional.of(times.consensus());
    steps.add(
        step(
            StageChip.CONSENSUS,
            "In a consensus block",
            Optional.of(times.consensus()),
            Optional.empty(),
            "Seen, and its block root, header hash and withdrawals roots recomputed"));
    before =
        add(
            steps,
            lost,
            StageChip.EXECUTION,
            "Execution payload matched",
            times.execution(),
            before,
            "The execution node holds the same block with the same list");
    before =
        add(
            steps,
            lost,
            StageChip.SAFE,
            "Safe",
            times.safe(),
            before,
            "Its block is justified, or an ancestor of one that is");
    before =
        add(
            steps,
            lost,
            StageChip.FINALIZED,
            "Finalized",
            times.finalized(),
            before,
            "Nothing takes it back any more");
    if (lost) {
      steps.add(
          step(
              StageChip.ORPHANED,
              "Orphaned",
              times.orphaned(),
              before,
              "A reorg replaced its block; the withdrawal is not on the canonical chain"));
    }
    return new Timeline(steps, lost);
  }

  /** Adds the step, unless it will never come, and says from when the next one counts. */
  private Optional<Instant> add(
      List<Timeline.Step> steps,
      boolean lost,
      StageChip stage,
      String title,
      Optional<Instant> at,
      Optional<Instant> before,
      String hint) {
    if (lost && at.isEmpty()) {
      return before;
    }
    steps.add(step(stage, title, at, before, hint));
    return at.or(() -> before);
  }

  private Timeline.Step step(
      StageChip stage, String title, Optional<Instant> at, Optional<Instant> before, String hint) {
    return new Timeline.Step(
        stage,
        at.isPresent() ? "done" : "next",
        title,
        at.map(rows::moment),
        at.isPresent() && before.isPresent() ? after(before.get(), at.get()) : "",
        hint);
  }

  private static String after(Instant before, Instant at) {
    Duration between = Duration.between(before, at);
    if (between.isNegative()) {
      return "";
    }
    if (between.toSeconds() >= 10) {
      return Moment.span(between.toSeconds()) + " later";
    }
    return between.toMillis() >= 1000
        ? String.format(Locale.ROOT, "%.1f s later", between.toMillis() / 1000.0)
        : between.toMillis() + " ms later";
  }
}
