package io.auriga.app.web.page;

import io.auriga.app.web.Activity;
import io.auriga.app.web.NodeSnapshot;
import io.auriga.app.web.WebInputs;
import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the first page. */
final class Overview {
  private static final int ROWS = 24;
  private static final int BLOCKS = 6;

  private final WebInputs inputs;
  private final Activity activity;

  Overview(WebInputs inputs, Activity activity) {
    this.inputs = inputs;
    this.activity = activity;
  }

  OverviewPage page(Chrome chrome, Instant now) {
    LedgerSummary ledger = inputs.queries().summary();
    List<BlockRecord> blocks = inputs.queries().blocks(StarCharts.SLOTS, Optional.empty());
    List<WithdrawalRecord> withdrawals =
        inputs
            .queries()
            .list(WithdrawalFilter.ALL.withOrphaned(), ROWS, Optional.empty())
            .records();
    Rows rows = new Rows(inputs.spec(), now);
    return new OverviewPage(
        chrome,
        headline(inputs.status().follower(), blocks, now),
        new StarCharts(inputs.spec()).draw(blocks, inputs.clock().slotAt(now)),
        figures(ledger, withdrawals),
        rows.withdrawals(withdrawals),
        stages(ledger.byStage()),
        rows.blocks(blocks.stream().limit(BLOCKS).toList()),
        inputs.status().nodes().stream().map(node -> node(node, now)).toList());
  }

  private static OverviewPage.Headline headline(
      FollowerSnapshot follower, List<BlockRecord> blocks, Instant now) {
    Tone tone = Chromes.live(follower).tone();
    String title =
        switch (follower.state()) {
          case STARTING -> "Waiting for the first node";
          case CATCHING_UP -> "Catching up with the chain";
          case FOLLOWING -> "Following the chain";
          case STALLED -> "Stalled: the chain is not followed";
        };
    List<OverviewPage.Fact> facts = new ArrayList<>();
    Optional<BlockRecord> head = blocks.stream().filter(BlockRecord::canonical).findFirst();
    head.ifPresent(
        block -> {
          Moment time = Moment.of(block.time(), now);
          facts.add(
              new OverviewPage.Fact(
                  "Head", "slot " + Digits.grouped(block.slot().value()), block.root().toHex(), 0));
          facts.add(
              new OverviewPage.Fact(
                  "Block", Digits.grouped(block.number().value()), block.hash().toHex(), 0));
          facts.add(
              new OverviewPage.Fact(
                  "Behind", Digits.counted(follower.lagSlots(), "slot"), "the node's head", 0));
          facts.add(
              new OverviewPage.Fact("Last block", time.relative(), time.exact(), time.millis()));
        });
    return new OverviewPage.Headline(tone, title, facts);
  }

  private List<OverviewPage.Figure> figures(
      LedgerSummary ledger, List<WithdrawalRecord> withdrawals) {
    Amount total = Amount.total(ledger.totalGwei());
    long mismatches = activity.mismatches();
    long gaps = ledger.gaps() + ledger.notLoaded();
    return List.of(
        new OverviewPage.Figure(
            "Last withdrawal",
            ledger.lastIndex().map(index -> Digits.grouped(index.value())).orElse("–"),
            "",
            withdrawals.stream()
                .filter(record -> record.stage() != Stage.ORPHANED)
                .findFirst()
                .map(record -> "in slot " + Digits.grouped(record.slot().value()))
                .orElse("none yet"),
            Tone.QUIET,
            ledger.lastIndex().map(index -> "/withdrawals/" + index).orElse("/withdrawals")),
        new OverviewPage.Figure(
            "Withdrawals",
            Digits.grouped(ledger.withdrawals()),
            "",
            ledger
                .firstSlot()
                .map(slot -> "since slot " + Digits.grouped(slot.value()))
                .orElse("none yet"),
            Tone.QUIET,
            "/withdrawals"),
        new OverviewPage.Figure(
            "Withdrawn",
            total.whole() + "." + total.fraction(),
            "ETH",
            total.exact(),
            Tone.QUIET,
            "/withdrawals"),
        finalized(ledger),
        new OverviewPage.Figure(
            "Open gaps",
            Digits.grouped(gaps),
            "",
            checked(
                ledger,
                gaps == 0,
                "indices are contiguous",
                ledger.gaps() == 0 ? "history not loaded" : "being repaired"),
            tone(ledger, gaps == 0, Tone.WARN),
            "/api/v1/withdrawals/gaps"),
        new OverviewPage.Figure(
            "Mismatches",
            Digits.grouped(mismatches),
            "",
            checked(ledger, mismatches == 0, "every root agrees", "refused, not stored"),
            tone(ledger, mismatches == 0, Tone.BAD),
            "/api/v1/status"));
  }

  /** Nothing found wrong says something only where something was checked. */
  private static String checked(LedgerSummary ledger, boolean good, String well, String ill) {
    if (!good) {
      return ill;
    }
    return ledger.position().isPresent() ? well : "nothing checked yet";
  }

  private static Tone tone(LedgerSummary ledger, boolean good, Tone ill) {
    if (!good) {
      return ill;
    }
    return ledger.position().isPresent() ? Tone.OK : Tone.QUIET;
  }

  private OverviewPage.Figure finalized(LedgerSummary ledger) {
    Optional<BlockRef> block = ledger.position().flatMap(ChainPosition::finalized);
    Optional<WithdrawalIndex> index =
        inputs
            .queries()
            .list(
                WithdrawalFilter.ALL.withStages(java.util.Set.of(Stage.FINALIZED)),
                1,
                Optional.empty())
            .records()
            .stream()
            .map(record -> record.withdrawal().index())
            .findFirst();
    return new OverviewPage.Figure(
        "Finalized through",
        index.map(found -> Digits.grouped(found.value())).orElse("–"),
        "",
        block.map(ref -> "slot " + Digits.grouped(ref.slot().value())).orElse("nothing final yet"),
        Tone.QUIET,
        "/withdrawals?stage=finalized");
  }

  private static List<OverviewPage.StageCount> stages(Map<Stage, Long> counts) {
    long all = Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
    List<OverviewPage.StageCount> stages = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      long count = counts.getOrDefault(stage, 0L);
      // The least share that can be seen, so that some is never drawn as none.
      int share = count == 0 ? 0 : (int) Math.max(1, 100 * count / all);
      stages.add(new OverviewPage.StageCount(Rows.chip(stage), Digits.grouped(count), share));
    }
    return stages;
  }

  private static OverviewPage.NodeRow node(NodeSnapshot node, Instant now) {
    Tone tone =
        switch (node.health()) {
          case UNKNOWN -> Tone.QUIET;
          case UP -> Tone.OK;
          case SYNCING -> Tone.WARN;
          case DOWN -> Tone.BAD;
        };
    String state =
        switch (node.health()) {
          case UNKNOWN -> "Not asked yet";
          case UP -> node.head().map(head -> "Up, " + head).orElse("Up");
          case SYNCING -> node.head().map(head -> "Syncing, " + head).orElse("Syncing");
          case DOWN ->
              node.lastAnswer()
                  .map(at -> "Down, last answer " + Moment.of(at, now).relative())
                  .orElse("Down, never answered");
        };
    return new OverviewPage.NodeRow(
        node.layer().lowerName(),
        node.name(),
        tone,
        state,
        node.problem().or(node::version).orElse(""));
  }
}
