package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * The latest slots as a constellation: a star for each block, larger the more withdrawals it
 * carries, brighter the surer it is; orphaned blocks hang below the line.
 *
 * @param width of the drawing, in the same units as every x
 * @param summary the same in words
 */
public record StarChart(
    int width, String summary, List<Star> stars, List<Link> links, List<Mark> marks) {
  /** The height of the line that canonical blocks lie on. */
  public static final int LINE = 44;

  /** The height of orphaned blocks. */
  public static final int BELOW = 78;

  public StarChart {
    stars = List.copyOf(stars);
    links = List.copyOf(links);
    marks = List.copyOf(marks);
  }

  /** One block, or one slot without any. */
  public record Star(
      String css, int x, int y, String radius, String title, Optional<String> link, boolean head) {}

  /** From a parent to its child; {@code css} is empty on the canonical chain. */
  public record Link(String css, int fromX, int fromY, int toX, int toY) {}

  /** The beginning of an epoch. */
  public record Mark(int x, String label) {}
}
