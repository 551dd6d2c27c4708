package io.auriga.app.web.page;

import java.util.List;

/** The first page: is it following, how late, what arrived. */
public record OverviewPage(
    Chrome chrome,
    Headline headline,
    StarChart chart,
    List<Figure> figures,
    List<WithdrawalRow> withdrawals,
    List<StageCount> stages,
    List<BlockRow> blocks,
    List<NodeRow> nodes) {
  public OverviewPage {
    figures = List.copyOf(figures);
    withdrawals = List.copyOf(withdrawals);
    stages = List.copyOf(stages);
    blocks = List.copyOf(blocks);
    nodes = List.copyOf(nodes);
  }

  /** The answer to the first question, and the facts that prove it. */
  public record Headline(Tone tone, String title, List<Fact> facts) {
    public Headline {
      facts = List.copyOf(facts);
    }
  }

  /**
   * @param millis of a time that the page keeps true; 0 where the value is not one
   */
  public record Fact(String label, String value, String title, long millis) {}

  /** One number people ask for. */
  public record Figure(
      String label, String value, String unit, String note, Tone tone, String link) {}

  /**
   * @param share of the whole, in hundredths, for the bar
   */
  public record StageCount(StageChip stage, String count, int share) {}

  /** One node as last seen. */
  public record NodeRow(String kind, String name, Tone tone, String state, String detail) {}
}
