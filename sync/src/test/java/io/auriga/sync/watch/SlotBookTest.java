package io.auriga.sync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.sync.relay.RelayedCall.Outcome;
import io.auriga.sync.relay.scan.PayloadStatus;
import io.auriga.sync.relay.scan.RequestFacts;
import io.auriga.sync.slot.Chain;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.Condition.Side;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.PairView;
import io.auriga.sync.slot.SlotView;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SlotBookTest {
  private static final Duration SLOT = Duration.ofSeconds(12);
  private static final Instant GENESIS = Instant.ofEpochSecond(1_700_000_000);
  private static final Map<Long, SimulatedBlock> BLOCKS = new TreeMap<>();

  static {
    SimulatedChain.of(SimulationPlan.ofSeed(5).withoutTrouble().withShares(0, 0))
        .blocks()
        .forEach(block -> BLOCKS.put(block.slot().value(), block));
  }

  private final SlotClock clock = new SlotClock(GENESIS, SLOT, () -> GENESIS);
  private final SlotBook book =
      new SlotBook(clock, List.of("a", "b"), Optional.of("a"), 2, new Slot(0));

  private static Instant at(long slot, long millis) {
    return GENESIS.plus(SLOT.multipliedBy(slot)).plusMillis(millis);
  }

  private static SimulatedBlock block(long slot) {
    return Objects.requireNonNull(BLOCKS.get(slot), "a block at slot " + slot);
  }

  private static Root root(long slot) {
    return block(slot).root();
  }

  private void commit(long... slots) {
    List<ChainBlock> blocks =
        LongStream.of(slots).mapToObj(SlotBookTest::block).map(SlotBookTest::committed).toList();
    Instant now = at(Arrays.stream(slots).max().orElseThrow(), 2_000);
    book.chain(ChainUpdate.ofBlocks(now, List.of(), blocks), now);
  }

  private static ChainBlock committed(SimulatedBlock block) {
    return new ChainBlock(
        block.view(),
        block.root(),
        new BlockNumber(0),
        block.blockHash(),
        Root.ZERO,
        List.of(),
        false,
        GENESIS,
        Optional.empty());
  }

  private List<SlotView> due(long slot, long millis) {
    return book.due(at(slot, millis), Map.of(), Duration.ZERO);
  }

  private static PairView pair(SlotView view, String node) {
    return view.pairs().stream().filter(one -> one.node().equals(node)).findFirst().orElseThrow();
  }

  private PairView judged(long slot, String node) {
    return pair(
        due(slot + 1, 6_000).stream()
            .filter(view -> view.slot().value() == slot)
            .findFirst()
            .orElseThrow(),
        node);
  }

  @Test
  void aSlotIsJudgedOnceAndWhenTheNextIsHalfOver() {
    book.announced("a", new BeaconEvent.BlockGossip(new Slot(1), root(1)), at(1, 900));
    book.announced("a", head(1, false), at(1, 1_400));
    book.announced("b", new BeaconEvent.BlockGossip(new Slot(1), root(1)), at(1, 950));
    commit(1);
    assertThat(due(2, 5_999)).isEmpty();
    List<SlotView> views = due(2, 6_000);
    assertThat(views).hasSize(1);
    assertThat(views.getFirst().chain()).isInstanceOf(Chain.Block.class);
    assertThat(pair(views.getFirst(), "a").marks())
        .isEqualTo(
            Map.of(Mark.GOSSIP, Duration.ofMillis(900), Mark.HEAD, Duration.ofMillis(1_400)));
    assertThat(pair(views.getFirst(), "b").marks())
        .isEqualTo(Map.of(Mark.GOSSIP, Duration.ofMillis(950)));
    assertThat(due(2, 7_000)).isEmpty();
  }

  private static BeaconEvent head(long slot, boolean optimistic) {
    return new BeaconEvent.Head(new Slot(slot), root(slot), Root.ZERO, false, optimistic);
  }

  @Test
  void aSlotThatTheChainPassedOverIsMissedAndOneWithABlockWasReplaced() {
    due(1, 0);
    book.announced("b", new BeaconEvent.BlockGossip(new Slot(3), root(3)), at(3, 8_000));
    due(4, 0);
    commit(1, 4);
    List<SlotView> views = due(5, 6_000);
    assertThat(views)
        .extracting(SlotView::slot)
        .extracting(Slot::value)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(views.get(1).chain()).isEqualTo(new Chain.Missed());
    assertThat(views.get(2).chain()).isEqualTo(new Chain.Replaced(0));
    assertThat(pair(views.get(2), "b").marks()).containsKey(Mark.GOSSIP);
  }

  @Test
  void aReorgHasASlotJudgedAgain() {
    due(1, 0);
    commit(1);
    commit(2);
    commit(3);
    assertThat(due(4, 6_000)).hasSize(3);
    book.chain(
        ChainUpdate.ofBlocks(
            at(4, 7_000),
            List.of(new BlockRef(new Slot(3), root(3)), new BlockRef(new Slot(2), root(2))),
            List.of(committed(block(4)))),
        at(4, 7_000));
    List<SlotView> again = due(5, 6_000);
    assertThat(again)
        .extracting(SlotView::slot)
        .extracting(Slot::value)
        .containsExactly(2L, 3L, 4L);
    assertThat(again.get(0).chain()).isEqualTo(new Chain.Replaced(2));
    assertThat(again.get(1).chain()).isEqualTo(new Chain.Replaced(2));
    assertThat(again.get(2).chain()).isInstanceOf(Chain.Block.class);
  }

  @Test
  void aChainThatStandsStillIsNotWaitedForAndIsJudgedAgainWhenItGoesOn() {
    commit(1);
    due(2, 6_000);
    assertThat(due(6, 11_999)).isEmpty();
    assertThat(due(7, 0)).hasSize(1).first().matches(view -> view.chain() instanceof Chain.Unknown);
    commit(3);
    List<SlotView> views = due(7, 1);
    assertThat(views).hasSize(2);
    assertThat(views.get(0).chain()).isEqualTo(new Chain.Missed());
    assertThat(views.get(1).chain()).isInstanceOf(Chain.Block.class);
  }

  @Test
  void aHeadThatMayNotBeVotedForIsNoHead() {
    book.announced("a", head(1, true), at(1, 1_400));
    commit(1);
    assertThat(judged(1, "a").marks()).isEmpty();
  }

  @Test
  void dataThatComesAfterTheHeadWasNotWaitedFor() {
    BeaconEvent data = new BeaconEvent.DataSidecar(new Slot(1), root(1));
    book.announced("a", data, at(1, 800));
    book.announced("a", data, at(1, 1_100));
    book.announced("a", head(1, false), at(1, 1_400));
    book.announced("a", data, at(1, 2_000));
    commit(1);
    assertThat(judged(1, "a").marks().get(Mark.DATA)).isEqualTo(Duration.ofMillis(1_100));
  }

  @Test
  void theRelaysMarksBelongToItsPairAndToThePayloadsSlot() {
    SimulatedBlock block = block(1);
    // Handed over in the slot after its own.
    book.relayed(
        Calls.newPayload(
            at(2, 100), Duration.ofMillis(300), at(1, 0), block.blockHash(), PayloadStatus.VALID));
    book.relayed(Calls.forkChoice(at(2, 500), Duration.ofMillis(20), block.blockHash()));
    commit(1);
    PairView a = judged(1, "a");
    assertThat(a.answer()).contains(EngineAnswer.VALID);
    assertThat(a.marks())
        .isEqualTo(
            Map.of(
                Mark.NEW_PAYLOAD, Duration.ofMillis(12_100),
                Mark.NEW_PAYLOAD_ANSWER, Duration.ofMillis(12_400),
                Mark.FORK_CHOICE, Duration.ofMillis(12_500),
                Mark.FORK_CHOICE_ANSWER, Duration.ofMillis(12_520)));
  }

  @Test
  void thePairWithoutTheRelayHasNoneOfItsMarks() {
    SimulatedBlock block = block(1);
    book.relayed(
        Calls.newPayload(
            at(1, 100), Duration.ofMillis(300), at(1, 0), block.blockHash(), PayloadStatus.VALID));
    commit(1);
    assertThat(judged(1, "b").marks()).isEmpty();
  }

  @Test
  void aTryThatFailedIsNoMatterWhereAnotherWasAnswered() {
    SimulatedBlock block = block(1);
    book.relayed(
        Calls.failed(at(1, 50), Outcome.UNREACHABLE, Calls.payload(at(1, 0), block.blockHash())));
    book.relayed(
        Calls.newPayload(
            at(1, 100), Duration.ofMillis(9), at(1, 0), block.blockHash(), PayloadStatus.SYNCING));
    book.relayed(
        Calls.newPayload(
            at(1, 500), Duration.ofMillis(9), at(1, 0), block.blockHash(), PayloadStatus.VALID));
    commit(1);
    PairView a = judged(1, "a");
    assertThat(a.answer()).contains(EngineAnswer.VALID);
    assertThat(a.marks().get(Mark.NEW_PAYLOAD)).isEqualTo(Duration.ofMillis(50));
    assertThat(a.marks().get(Mark.NEW_PAYLOAD_ANSWER)).isEqualTo(Duration.ofMillis(509));
  }

  @Test
  void whatOnlyKeptAStandbyInStepSaysNothing() {
    SimulatedBlock block = block(1);
    book.relayed(
        Calls.mirrored(
            at(1, 100), Duration.ofMillis(9), at(1, 0), block.blockHash(), PayloadStatus.INVALID));
    commit(1);
    assertThat(judged(1, "a").answer()).isEmpty();
  }

  @Test
  void aCallThatFailedBeforeItsPayloadWasReadBelongsToTheSlotItCameIn() {
    book.relayed(Calls.failed(at(1, 700), Outcome.EXECUTION_TOKEN, RequestFacts.NONE));
    commit(1);
    assertThat(judged(1, "a").answer()).contains(EngineAnswer.WRONG_TOKEN);
  }

  @Test
  void looksSayInWhichConditionThePairWas() {
    book.looked("a", at(1, 0), looks -> looks.consensus(status(9, true, false, false)));
    book.looked("a", at(1, 6_000), looks -> looks.consensus(status(5, true, false, true)));
    book.looked("a", at(1, 6_000), looks -> looks.execution(false));
    book.looked("b", at(1, 0), Looks::consensusFailed);
    book.looked("b", at(1, 0), Looks::executionFailed);
    commit(1);
    assertThat(judged(1, "a").condition())
        .isEqualTo(new Condition(Side.SYNCING, true, false, Side.READY));
    commit(2);
    book.looked("b", at(2, 0), Looks::consensusFailed);
    book.looked("a", at(2, 0), looks -> looks.consensus(status(1, true, true, false)));
    book.announced("b", head(2, false), at(2, 1_400));
    assertThat(judged(2, "b").condition())
        .as("it did not answer, and still announced something")
        .isEqualTo(Condition.UNKNOWN);
  }

  @Test
  void aNodeThatNeverAnsweredAndShowedNothingIsOffline() {
    book.looked("b", at(1, 0), Looks::consensusFailed);
    book.looked("a", at(1, 0), looks -> looks.consensus(status(1, true, true, false)));
    commit(1);
    List<SlotView> views = due(2, 6_000);
    assertThat(pair(views.getFirst(), "b").condition().consensus()).isEqualTo(Side.OFFLINE);
    assertThat(pair(views.getFirst(), "a").condition())
        .as("one slot behind, as every node is at a slot's begin")
        .isEqualTo(new Condition(Side.READY, false, true, Side.UNKNOWN));
  }

  private static SyncStatus status(
      long distance, boolean syncing, boolean optimistic, boolean executionOffline) {
    return new SyncStatus(new Slot(1), distance, syncing, optimistic, executionOffline);
  }

  @Test
  void whatNamesASlotThatNobodyCanKnowIsLeftOut() {
    for (Slot slot : List.of(Slot.LAST, new Slot(1L << 40), new Slot(200))) {
      book.announced("a", new BeaconEvent.BlockGossip(slot, Root.ZERO), at(100, 0));
    }
    book.announced("a", new BeaconEvent.BlockGossip(new Slot(3), Root.ZERO), at(100, 0));
    book.announced("a", new BeaconEvent.PayloadAttributes(new Slot(0), Root.ZERO), at(0, 0));
    assertThat(due(107, 0))
        .allMatch(view -> view.pairs().stream().allMatch(pair -> pair.marks().isEmpty()))
        .extracting(SlotView::slot)
        .extracting(Slot::value)
        .first()
        .isEqualTo(43L);
  }

  @Test
  void manyBlocksOfOneSlotCostNoMoreThanAFew() {
    for (int n = 0; n < 10_000; n++) {
      byte[] made = new byte[32];
      made[0] = (byte) n;
      made[1] = (byte) (n >> 8);
      book.announced("a", new BeaconEvent.BlockGossip(new Slot(1), Root.of(made)), at(1, 10));
    }
    book.announced("a", new BeaconEvent.BlockGossip(new Slot(1), root(1)), at(1, 20));
    commit(1);
    assertThat(judged(1, "a").marks()).as("the block is one of those left out").isEmpty();
  }
}
