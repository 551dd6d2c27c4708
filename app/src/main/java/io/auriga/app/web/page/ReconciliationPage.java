package io.auriga.app.web.page;

import java.util.List;

/** What reconciling found. */
public record ReconciliationPage(
    Chrome chrome, String heading, List<DivergenceRow> divergences, List<CheckedRow> blocks) {
  public ReconciliationPage {
    divergences = List.copyOf(divergences);
    blocks = List.copyOf(blocks);
  }

  /**
   * Two sides that disagreed.
   *
   * @param where the block's slot; empty text for what lies between blocks
   * @param link to the block; empty text for none
   * @param state open, or what became of it
   */
  public record DivergenceRow(
      String key,
      String code,
      String meaning,
      String remedy,
      String where,
      String link,
      String subject,
      String expected,
      String found,
      Moment foundAt,
      boolean open,
      String state) {}

  /** A block that was checked. */
  public record CheckedRow(
      String key,
      String slotText,
      String root,
      long proven,
      long notProvable,
      long diverged,
      String reason,
      Moment checkedAt) {}
}
