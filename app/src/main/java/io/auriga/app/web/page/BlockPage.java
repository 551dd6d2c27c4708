package io.auriga.app.web.page;

import java.util.List;

/** One block with its withdrawals. */
public record BlockPage(
    Chrome chrome,
    BlockRow block,
    Timeline timeline,
    List<WithdrawalPage.Fact> facts,
    List<WithdrawalRow> withdrawals,
    String jsonLink) {
  public BlockPage {
    facts = List.copyOf(facts);
    withdrawals = List.copyOf(withdrawals);
  }
}
