package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * How the objectives stand.
 *
 * @param heading the whole in a sentence
 * @param more scopes that are not shown
 */
public record SloPage(
    Chrome chrome,
    String heading,
    Tone tone,
    Optional<Moment> counted,
    List<Scope> scopes,
    int more) {
  public SloPage {
    scopes = List.copyOf(scopes);
  }

  /** All who are watched, a group, or a label. */
  public record Scope(String key, String name, String validators, List<Card> cards) {
    public Scope {
      cards = List.copyOf(cards);
    }
  }

  /**
   * One objective.
   *
   * @param left of the budget
   * @param share done in 30 days
   * @param alerts rules that hold, each a sentence
   */
  public record Card(
      String name,
      String target,
      Tone tone,
      String left,
      String gone,
      Picture picture,
      String share,
      String network,
      String burns,
      String chance,
      List<String> alerts) {
    public Card {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * 30 days from left to right: the budget as a falling line, and below how fast it burned.
   *
   * @param line of the budget left, as a path in a box of 120 by 60
   * @param area below it
   * @param zero where nothing is left; the line may go below
   * @param summary the same in words
   */
  public record Picture(String line, String area, double zero, List<Bar> bars, String summary) {
    /** How wide the box is; each piece of time is one wide. */
    public static final int PIECES = 120;

    /** How high the budget's part of it is. */
    public static final int HEIGHT = 60;

    /** How high the bars can be. */
    public static final int BAR_HEIGHT = 20;

    public Picture {
      bars = List.copyOf(bars);
    }
  }

  /** How fast the budget burned in one piece of time. */
  public record Bar(int x, double height, String css) {}
}
