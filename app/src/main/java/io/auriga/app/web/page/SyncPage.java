package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * Who was late: the last hours as strips of verdicts, and one slot taken apart.
 *
 * @param heading the whole in a sentence
 * @param strips one a pair
 * @param slot the one taken apart; empty where no verdict is kept
 * @param late the newest slots that went wrong here
 */
public record SyncPage(
    Chrome chrome, String heading, List<Strip> strips, Optional<SlotPart> slot, List<Row> late) {
  public SyncPage {
    strips = List.copyOf(strips);
    late = List.copyOf(late);
  }

  /**
   * The last hours of a pair, from left to right.
   *
   * @param width of the picture; each slot is one wide
   * @param summary the same in words
   */
  public record Strip(String node, int width, String summary, List<Run> runs, List<Count> counts) {
    public Strip {
      runs = List.copyOf(runs);
      counts = List.copyOf(counts);
    }
  }

  /** Slots in a row with the same verdict. */
  public record Run(int x, int width, String css, String title) {}

  /** How often a verdict was given. */
  public record Count(String css, String verdict, String count) {}

  /**
   * One slot.
   *
   * @param older the slot before it of which a verdict is kept
   */
  public record SlotPart(
      String number,
      Moment began,
      Optional<String> older,
      Optional<String> newer,
      List<Pair> pairs) {
    public SlotPart {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * A pair in that slot.
   *
   * @param deadline where attestations were due, in thousandths of the picture's width
   */
  public record Pair(
      String node,
      String css,
      String verdict,
      String sentence,
      List<Bar> bars,
      double deadline,
      String deadlineText,
      List<Fact> facts) {
    public Pair {
      bars = List.copyOf(bars);
      facts = List.copyOf(facts);
    }
  }

  /** A stage, in thousandths of the picture's width. */
  public record Bar(String name, double x, double width, String css, String took, String allowed) {}

  /** A piece of evidence. */
  public record Fact(String name, String value) {}

  /** A slot that went wrong. */
  public record Row(
      String key,
      String slot,
      String link,
      String css,
      String verdict,
      String node,
      String sentence,
      Moment began) {}
}
