package io.auriga.sync.slot;

import static io.auriga.sync.slot.Seen.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.sync.slot.Condition.Side;
import io.auriga.sync.slot.Verdict.ExecutionOffline.Reason;
import io.auriga.sync.slot.Verdict.Unknown.Gap;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ClassifierTest {
  private static final Chain WITH_BLOBS = new Chain.Block(Root.ZERO, OptionalInt.of(3));

  @Test
  void aHeadBeforeAttestationsAreDueIsOnTime() {
    assertThat(Seen.times(1500, 1540, 1700, 1740).verdict())
        .isEqualTo(new Verdict.OnTime(millis(4000 - 1740)));
  }

  @Test
  void aSlowStageOfAHeadThatWasInTimeIsNoTrouble() {
    assertThat(Seen.times(900, 1400, 2900, 3900).verdict()).isInstanceOf(Verdict.OnTime.class);
  }

  @Test
  void aBlockThatComesTooLateForAnyPairIsALateBlock() {
    assertThat(Seen.times(3900, 3950, 4150, 4200).verdict())
        .isEqualTo(new Verdict.LateBlock(millis(3900)));
  }

  @Test
  void anotherNodeThatHadTheBlockEarlierMakesItTheNetworksLateness() {
    assertThat(Seen.times(3900, 3950, 4150, 4200).anotherGossip("there", 1200).verdict())
        .isEqualTo(new Verdict.LateGossip(millis(3900), "there", millis(1200)));
  }

  @Test
  void aBlockThatComesLateToAllNodesMakesItTheProposersLateness() {
    assertThat(Seen.times(3900, 3950, 4150, 4200).anotherGossip("there", 3850).verdict())
        .isEqualTo(new Verdict.LateProposer(millis(3850), 2));
  }

  @Test
  void aNodeThatSawNothingLeavesOpenWhetherTheProposerWasLate() {
    assertThat(
            Seen.times(3900, 3950, 4150, 4200)
                .anotherGossip("there", 3850)
                .another("silent", Map.of())
                .verdict())
        .isEqualTo(new Verdict.LateBlock(millis(3900)));
  }

  @Test
  void aLateBlockThatCameMuchLaterHereThanThereIsPutToNobody() {
    assertThat(Seen.times(5900, 5950, 6150, 6200).anotherGossip("there", 3850).verdict())
        .isEqualTo(new Verdict.LateBlock(millis(5900)));
  }

  @Test
  void aPayloadHandedOverLateIsTheConsensusClientsDispatch() {
    assertThat(Seen.times(2500, 3900, 4050, 4100).verdict())
        .isEqualTo(new Verdict.SlowDispatch(millis(1400), millis(100)));
  }

  @Test
  void aPayloadAnsweredLateIsTheExecutionClients() {
    assertThat(Seen.times(2500, 2550, 4650, 4700).verdict())
        .isEqualTo(new Verdict.SlowExecution(millis(2100), millis(250)));
  }

  @Test
  void anExecutionThatIsLateByItselfIsSoEvenWhereTheBlockCameLateToo() {
    assertThat(Seen.times(3600, 3650, 11650, 11700).verdict())
        .isEqualTo(new Verdict.SlowExecution(millis(8000), millis(250)));
  }

  @Test
  void aHeadThatWaitedForBlobsIsADataWait() {
    assertThat(Seen.times(2500, 2550, 2700, 4300).on(WITH_BLOBS).at(Mark.DATA, 4280).verdict())
        .isEqualTo(new Verdict.DataWait(millis(1580)));
  }

  @Test
  void aHeadThatCameLateAfterExecutionOfABlockWithoutBlobsIsASlowImport() {
    assertThat(Seen.times(2500, 2550, 2700, 4300).verdict())
        .isEqualTo(new Verdict.SlowImport(millis(1600), millis(100)));
  }

  @Test
  void unseenBlobsLeaveOpenWhatKeptTheHead() {
    assertThat(Seen.times(2500, 2550, 2700, 4300).on(WITH_BLOBS).verdict())
        .isEqualTo(new Verdict.SlowPair(millis(1800), millis(450)));
  }

  @Test
  void aPairWithoutARelayIsNotTakenApart() {
    assertThat(new Seen().at(Mark.GOSSIP, 2500).at(Mark.HEAD, 4300).verdict())
        .isEqualTo(new Verdict.SlowPair(millis(1800), millis(450)));
  }

  @Test
  void severalStagesThatAreLateTogetherArePutToThePair() {
    assertThat(Seen.times(3000, 3500, 4200, 4600).verdict()).isInstanceOf(Verdict.SlowPair.class);
  }

  @Test
  void aLateHeadAloneIsPutToNobody() {
    assertThat(new Seen().at(Mark.HEAD, 6000).verdict())
        .isEqualTo(new Verdict.Unknown(Gap.ARRIVAL));
  }

  @Test
  void aHeadThatNobodySawIsUnknown() {
    assertThat(new Seen().at(Mark.GOSSIP, 1000).verdict()).isEqualTo(new Verdict.Unknown(Gap.HEAD));
  }

  @Test
  void aHeadAsCloseToTheLimitAsTheClockIsUncertainIsUnknown() {
    assertThat(Seen.times(1000, 3700, 3950, 4010).uncertain(10).verdict())
        .isEqualTo(new Verdict.Unknown(Gap.BORDERLINE));
    assertThat(Seen.times(1000, 3700, 3950, 4010).uncertain(9).verdict())
        .isInstanceOf(Verdict.SlowDispatch.class);
  }

  @Test
  void aLateBlockIsNotBlamedWhereAStageThatNobodySawMayOutweighIt() {
    assertThat(new Seen().at(Mark.GOSSIP, 3600).at(Mark.HEAD, 9000).verdict())
        .isEqualTo(new Verdict.Unknown(Gap.BOTH));
  }

  @Test
  void aHeadIsNoUseBeforeTheExecutionClientHasAnswered() {
    assertThat(Seen.times(2500, 2550, 6000, 3000).verdict())
        .isInstanceOf(Verdict.SlowExecution.class);
  }

  @Test
  void syncingIsSaidByThePayloadsAnswerOrByEitherClient() {
    Verdict syncing = new Verdict.ExecutionSyncing();
    assertThat(Seen.times(1, 2, 3, 4).answered(EngineAnswer.SYNCING).verdict()).isEqualTo(syncing);
    assertThat(new Seen().condition(new Condition(Side.READY, false, true, Side.UNKNOWN)).verdict())
        .isEqualTo(syncing);
    assertThat(
            new Seen().condition(new Condition(Side.READY, false, false, Side.SYNCING)).verdict())
        .isEqualTo(syncing);
    assertThat(
            new Seen().condition(new Condition(Side.SYNCING, false, false, Side.READY)).verdict())
        .isEqualTo(new Verdict.ConsensusSyncing());
  }

  @Test
  void anExecutionClientThatCannotBeReachedIsOfflineForItsReason() {
    assertThat(new Seen().answered(EngineAnswer.UNREACHABLE).verdict())
        .isEqualTo(new Verdict.ExecutionOffline(Reason.UNREACHABLE));
    assertThat(new Seen().answered(EngineAnswer.TIMEOUT).verdict())
        .isEqualTo(new Verdict.ExecutionOffline(Reason.TIMEOUT));
    assertThat(new Seen().answered(EngineAnswer.BROKEN).verdict())
        .isEqualTo(new Verdict.ExecutionOffline(Reason.BROKEN));
    assertThat(new Seen().answered(EngineAnswer.WRONG_TOKEN).verdict())
        .isEqualTo(new Verdict.ExecutionOffline(Reason.WRONG_TOKEN));
    assertThat(new Seen().condition(new Condition(Side.READY, true, false, Side.UNKNOWN)).verdict())
        .isEqualTo(new Verdict.ExecutionOffline(Reason.SAID_BY_CONSENSUS));
  }

  @Test
  void aConsensusClientThatDoesNotAnswerIsOfflineWhateverTheChainDid() {
    Condition away = new Condition(Side.OFFLINE, false, false, Side.READY);
    assertThat(new Seen().condition(away).verdict()).isEqualTo(new Verdict.ConsensusOffline());
    assertThat(new Seen().condition(away).on(new Chain.Unknown()).verdict())
        .isEqualTo(new Verdict.ConsensusOffline());
  }

  @Test
  void anInvalidPayloadConcernsTheExecutionClientOnlyWhereTheChainHasIt() {
    assertThat(Seen.times(1, 2, 3, 4).answered(EngineAnswer.INVALID).verdict())
        .isEqualTo(new Verdict.ExecutionRefuses());
    assertThat(
            Seen.times(1, 2, 3, 4)
                .answered(EngineAnswer.INVALID)
                .on(new Chain.Replaced(0))
                .verdict())
        .isEqualTo(new Verdict.Reorg(0));
  }

  @Test
  void aClockIsDriftingOnlyWhereNoPossibleOffsetIsBearable() {
    assertThat(Seen.times(1, 2, 3, 4).clock(600, 1600).verdict())
        .isEqualTo(new Verdict.ClockDrift(millis(600), millis(1600)));
    assertThat(Seen.times(1, 2, 3, 4).clock(-1600, -600).verdict())
        .isEqualTo(new Verdict.ClockDrift(millis(-1600), millis(-600)));
    assertThat(Seen.times(1, 2, 3, 4).clock(400, 1400).verdict())
        .isInstanceOf(Verdict.OnTime.class);
  }

  @Test
  void aSlotWithoutABlockIsNobodysFault() {
    Verdict missed = new Seen().on(new Chain.Missed()).verdict();
    assertThat(missed).isEqualTo(new Verdict.MissedSlot());
    assertThat(missed.suspects()).isEmpty();
    assertThat(new Seen().on(new Chain.Replaced(2)).verdict()).isEqualTo(new Verdict.Reorg(2));
    assertThat(new Seen().on(new Chain.Unknown()).verdict())
        .isEqualTo(new Verdict.Unknown(Gap.CHAIN));
  }

  @Test
  void limitsFollowFromWhenAttestationsAreDue() {
    assertThat(Seen.MAINNET.deadline()).isEqualTo(millis(4000));
    assertThat(
            Thresholds.of(
                    ChainSpec.of(
                        Map.of("SLOT_DURATION_MS", "12000", "ATTESTATION_DUE_BPS", "3333")))
                .deadline())
        .isEqualTo(millis(3999.6));
    assertThat(Seen.MAINNET.stages().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Seen.MAINNET.deadline());
    assertThat(Seen.MAINNET.stages().keySet()).isEqualTo(EnumSet.allOf(Stage.class));
  }

  @Test
  void limitsThatLeaveNoTimeForTheBlockToArriveAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(
            () -> new Thresholds(second.multipliedBy(3), second, second, second, second, 2))
        .hasMessageContaining("shorter than the time until attestations are due, 3000 ms");
  }
}
