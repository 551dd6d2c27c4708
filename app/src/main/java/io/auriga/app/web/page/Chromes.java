package io.auriga.app.web.page;

import io.auriga.app.web.Activity;
import io.auriga.app.web.ReplayControl;
import io.auriga.app.web.WebInputs;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes what surrounds every page. */
final class Chromes {
  /** Where the replay's controls post to. */
  static final String REPLAY_PATH = "/demo/replay";

  /** The speeds to choose from, slowest first; 12 is what a demo begins with. */
  static final List<Double> SPEEDS = List.of(0.5, 1.0, 2.0, 5.0, 12.0, 30.0, 60.0);

  private final WebInputs inputs;
  private final Activity activity;

  Chromes(WebInputs inputs, Activity activity) {
    this.inputs = inputs;
    this.activity = activity;
  }

  Chrome chrome(String title, String section, Instant now) {
    FollowerSnapshot follower = inputs.status().follower();
    return new Chrome(
        title,
        section,
        inputs.network(),
        live(follower),
        notices(section, follower, now),
        inputs.replay().map(Chromes::replay),
        now.toEpochMilli(),
        inputs.replay().map(Chromes::speed).orElse(1.0),
        inputs.clock().slotDuration().toMillis(),
        inputs.version());
  }

  static Chrome.Live live(FollowerSnapshot follower) {
    String behind = Digits.counted(follower.lagSlots(), "slot") + " behind the node's head";
    return switch (follower.state()) {
      case STARTING -> new Chrome.Live(Tone.BUSY, "Starting", "No node has answered yet");
      case CATCHING_UP -> new Chrome.Live(Tone.BUSY, "Catching up", behind);
      case FOLLOWING ->
          follower.problem().isPresent()
              ? new Chrome.Live(Tone.WARN, "Following", follower.problem().get().message())
              : new Chrome.Live(Tone.OK, "Following", behind);
      case STALLED ->
          new Chrome.Live(
              Tone.BAD, "Stalled", follower.problem().map(Problem::message).orElse(behind));
    };
  }

  private List<Notice> notices(String section, FollowerSnapshot follower, Instant now) {
    List<Notice> notices = new ArrayList<>();
    follower
        .problem()
        .ifPresent(
            problem ->
                notices.add(
                    new Notice(
                        "problem-" + problem.code() + problem.since().toEpochMilli(),
                        follower.state() == FollowerSnapshot.State.STALLED ? Tone.BAD : Tone.WARN,
                        problem.code(),
                        problem.message() + ".",
                        Optional.of(problem.remedy() + "."),
                        Optional.of(Moment.of(problem.since(), now)))));
    if (section.equals("overview")) {
      Duration shown = inputs.clock().slotDuration().multipliedBy(StarCharts.SLOTS);
      List<Activity.Reorg> lately =
          activity.reorgs().stream().filter(reorg -> reorg.at().plus(shown).isAfter(now)).toList();
      lately.stream().findFirst().ifPresent(last -> notices.add(notice(last, lately.size(), now)));
    }
    return notices;
  }

  private static Notice notice(Activity.Reorg reorg, int lately, Instant now) {
    String more =
        lately == 1 ? "" : " One of %d in the last %d slots.".formatted(lately, StarCharts.SLOTS);
    return new Notice(
        "reorg-" + reorg.newHead().root().toShortHex(),
        Tone.WARN,
        "Reorg of depth " + reorg.depth() + " undone",
        "The head moved from slot %s (%s) to slot %s (%s), with %s in place of the orphaned ones.%s"
            .formatted(
                Digits.grouped(reorg.oldHead().slot().value()),
                reorg.oldHead().root().toShortHex(),
                Digits.grouped(reorg.newHead().slot().value()),
                reorg.newHead().root().toShortHex(),
                Digits.counted(reorg.withdrawals(), "withdrawal"),
                more),
        Optional.empty(),
        Optional.of(Moment.of(reorg.at(), now)));
  }

  private static double speed(ReplayControl control) {
    return control.paused() ? 0 : control.speed();
  }

  private static Chrome.Replay replay(ReplayControl control) {
    List<Chrome.Choice> choices =
        SPEEDS.stream()
            .map(
                speed ->
                    new Chrome.Choice(
                        text(speed),
                        text(speed) + "×",
                        Double.compare(speed, control.speed()) == 0))
            .toList();
    return new Chrome.Replay(control.speed(), control.paused(), REPLAY_PATH, choices);
  }

  private static String text(double speed) {
    return speed == Math.rint(speed)
        ? String.format(Locale.ROOT, "%.0f", speed)
        : Double.toString(speed);
  }
}
