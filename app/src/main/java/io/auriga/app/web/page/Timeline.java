package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/** The stages of a withdrawal or a block, with the time of each one reached. */
public record Timeline(List<Step> steps, boolean orphaned) {
  public Timeline {
    steps = List.copyOf(steps);
  }

  /**
   * @param css {@code done}, {@code next} or {@code lost}
   * @param after how long after the step before; empty text for the first and for those to come
   */
  public record Step(
      StageChip stage, String css, String title, Optional<Moment> at, String after, String hint) {}
}
