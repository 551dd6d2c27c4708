package io.auriga.app.web.page;

import java.util.List;

/**
 * What a person typed, and what it may mean.
 *
 * @param problem why nothing is offered; empty text where something is
 */
public record SearchPage(Chrome chrome, String typed, List<Hit> hits, String problem) {
  public SearchPage {
    hits = List.copyOf(hits);
  }

  /** One meaning. */
  public record Hit(String title, String detail, String link) {}
}
