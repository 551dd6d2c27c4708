package io.auriga.app.web.page;

import io.auriga.validators.RecentDuties;
import io.auriga.validators.RecentDuties.Look;
import io.auriga.validators.RecentDuties.Vote;
import java.util.ArrayList;
import java.util.List;

/**
 * One validator's last epochs as a strip, the oldest left.
 *
 * @param summary the same in words
 */
public record DutyStrip(List<Cell> cells, String summary) {
  /** How wide a cell is in the picture. */
  public static final int STEP = 6;

  /** How wide the picture is. */
  public static final int WIDTH = STEP * RecentDuties.EPOCHS;

  public DutyStrip {
    cells = List.copyOf(cells);
  }

  /**
   * One epoch.
   *
   * @param x where it begins
   * @param css how the attestation went
   * @param mark {@code proposed} or {@code lost} where it was to propose; else empty
   * @param title the epoch in words
   */
  public record Cell(int x, String css, String mark, String title) {}

  static DutyStrip of(List<Look> looks) {
    List<Cell> cells = new ArrayList<>();
    int x = WIDTH - STEP * looks.size();
    int perfect = 0;
    int part = 0;
    int missed = 0;
    for (Look look : looks) {
      perfect += look.vote() == Vote.PERFECT ? 1 : 0;
      part += look.vote() == Vote.PART ? 1 : 0;
      missed += look.vote() == Vote.MISSED ? 1 : 0;
      cells.add(new Cell(x, css(look.vote()), mark(look), title(look)));
      x += STEP;
    }
    int owed = perfect + part + missed;
    return new DutyStrip(
        cells,
        owed == 0
            ? "No attestation was due in the epochs that were counted"
            : "%d attestations: %d perfect, %d late or in part, %d missed"
                .formatted(owed, perfect, part, missed));
  }

  private static String css(Vote vote) {
    return switch (vote) {
      case NONE -> "none";
      case PERFECT -> "ok";
      case PART -> "warn";
      case MISSED -> "bad";
    };
  }

  private static String mark(Look look) {
    if (look.turns().lost() > 0) {
      return "lost";
    }
    return look.turns().proposed() > 0 ? "proposed" : "";
  }

  private static String title(Look look) {
    StringBuilder title = new StringBuilder("Epoch " + look.epoch() + ": " + vote(look));
    if (look.turns().proposed() > 0) {
      title
          .append(", ")
          .append(Digits.counted(look.turns().proposed(), "block"))
          .append(" proposed");
    }
    if (look.turns().lost() > 0) {
      title.append(", ").append(Digits.counted(look.turns().lost(), "block")).append(" missed");
    }
    look.seats()
        .ifPresent(
            seats ->
                title.append(
                    ", signed %d of %d times in the sync committee"
                        .formatted(seats.signed(), seats.expected())));
    return title.toString();
  }

  static String vote(Look look) {
    return switch (look.vote()) {
      case NONE -> "no attestation due, or not counted";
      case PERFECT -> "attested";
      case MISSED -> "missed its attestation";
      case PART -> part(look);
    };
  }

  private static String part(Look look) {
    List<String> lacks = new ArrayList<>();
    if (look.lateness() > 0) {
      lacks.add(Digits.counted(look.lateness(), "slot") + " late");
    }
    if (!look.source()) {
      lacks.add("without source");
    }
    if (!look.target()) {
      lacks.add("without target");
    }
    if (!look.head()) {
      lacks.add("without head");
    }
    return "attested " + String.join(", ", lacks);
  }
}
