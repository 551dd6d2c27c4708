package io.auriga.app.web.page;

import java.util.List;

/**
 * Payments on one axis of time: a stem for each that came, its height by the logarithm of the
 * amount, and to the right of now an outline for each that is expected.
 *
 * @param now where the present lies
 * @param summary the same in words
 */
public record PaymentChart(
    int width,
    int now,
    String summary,
    List<Stem> stems,
    List<Expectation> expectations,
    List<Guide> guides,
    List<Tick> ticks) {
  /** The line that stems stand on. */
  public static final int BASE = 132;

  /** The head of the highest stem. */
  public static final int TOP = 18;

  public PaymentChart {
    stems = List.copyOf(stems);
    expectations = List.copyOf(expectations);
    guides = List.copyOf(guides);
    ticks = List.copyOf(ticks);
  }

  public boolean isEmpty() {
    return stems.isEmpty() && expectations.isEmpty();
  }

  /** One withdrawal that came. */
  public record Stem(String css, int x, int y, String title, String link) {}

  /**
   * One that is expected.
   *
   * @param from the early end of its interval
   * @param to the late end
   */
  public record Expectation(int from, int x, int to, int y, String title) {}

  /** A level of amounts. */
  public record Guide(int y, String label) {}

  /** A moment on the axis. */
  public record Tick(int x, String label) {}
}
