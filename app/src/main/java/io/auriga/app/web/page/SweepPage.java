package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * The sweep as it goes round all validators, and how good predictions of it were.
 *
 * @param ring empty where the sweep cannot be told yet; {@code problem} says why
 */
public record SweepPage(
    Chrome chrome,
    Optional<Ring> ring,
    String problem,
    List<WithdrawalPage.Fact> facts,
    String open,
    List<Quality> quality) {
  public SweepPage {
    facts = List.copyOf(facts);
    quality = List.copyOf(quality);
  }

  /**
   * The set of validators as a circle, index 0 at the top, clockwise.
   *
   * @param handX where the cursor is
   * @param swept the path of the arc that the last epoch's blocks swept; empty text for none
   * @param ticks tenths of the set
   */
  public record Ring(
      String cursor,
      String validators,
      double handX,
      double handY,
      String swept,
      List<Tick> ticks) {
    public Ring {
      ticks = List.copyOf(ticks);
    }
  }

  /** One tenth of the set. */
  public record Tick(double x, double y, double labelX, double labelY, String label) {}

  /** What predictions of one kind were worth. */
  public record Quality(
      String kind,
      String outcomes,
      String medianError,
      String highError,
      String slotsHeld,
      String amountsHeld) {}
}
