package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/** The list of withdrawals under a filter. */
public record WithdrawalsPage(
    Chrome chrome,
    FilterForm form,
    String heading,
    List<WithdrawalRow> rows,
    boolean ledgerEmpty,
    boolean live,
    Optional<String> olderLink,
    Optional<String> newestLink,
    String csvLink,
    String jsonLink) {
  public WithdrawalsPage {
    rows = List.copyOf(rows);
  }

  /**
   * The filter as typed, so that a refused value can be corrected.
   *
   * @param problem what is wrong with it
   * @param active whether anything is filtered
   */
  public record FilterForm(
      String validator,
      String address,
      String fromSlot,
      String toSlot,
      String index,
      String stage,
      boolean orphaned,
      Optional<Refusal> problem,
      boolean active) {
    public boolean refuses(String parameter) {
      return problem.map(refusal -> refusal.parameter().equals(parameter)).orElse(false);
    }

    public boolean hasStage(String name) {
      return stage.equals(name);
    }
  }

  /** Why a filter was not applied. */
  public record Refusal(String parameter, String message, String remedy) {}
}
