package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * What surrounds every page: where one is, whether the chain is followed, and the clock the page
 * ticks by.
 *
 * @param nowMillis the platform's time, which in a replay is not the reader's
 * @param speed seconds of that time in a second of the reader's; 0 while paused
 * @param slotMillis the length of a slot; a page that heard nothing for two is stale
 */
public record Chrome(
    String title,
    String section,
    String network,
    Live live,
    List<Notice> notices,
    Optional<Replay> replay,
    long nowMillis,
    double speed,
    long slotMillis,
    String version) {
  public Chrome {
    notices = List.copyOf(notices);
  }

  public boolean in(String name) {
    return section.equals(name);
  }

  /** The pill in the corner. */
  public record Live(Tone tone, String label, String detail) {}

  /** The controls of a demo. */
  public record Replay(double speed, boolean paused, String action, List<Choice> choices) {
    public Replay {
      choices = List.copyOf(choices);
    }
  }

  /** One speed to choose. */
  public record Choice(String value, String label, boolean chosen) {}
}
