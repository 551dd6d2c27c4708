package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/** The groups that the configuration names. */
public record GroupsPage(Chrome chrome, List<Row> rows) {
  public GroupsPage {
    rows = List.copyOf(rows);
  }

  /**
   * One group.
   *
   * @param validators how many are its own, or pay to its addresses
   */
  public record Row(
      String name,
      String link,
      String validators,
      String addresses,
      String payments,
      Amount total,
      Optional<Moment> last) {}
}
