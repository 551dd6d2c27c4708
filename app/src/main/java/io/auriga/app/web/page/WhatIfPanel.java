package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * What leaving now would come to.
 *
 * @param problem why that is not known; empty text where it is
 * @param rows for each validator as if it alone asked; the first of them
 * @param total how many there are
 */
public record WhatIfPanel(
    String problem, List<WithdrawalPage.Fact> facts, List<Row> rows, int total) {
  public WhatIfPanel {
    facts = List.copyOf(facts);
    rows = List.copyOf(rows);
  }

  /**
   * One validator.
   *
   * @param exit an epoch, or from which to which
   * @param note what keeps it, or what else there is to say
   */
  public record Row(
      String validator,
      String exit,
      String withdrawable,
      Optional<Moment> paid,
      Optional<Amount> amount,
      String note) {}
}
