package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.withdrawals.prediction.Prediction.AmountInterval;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Slots of twelve seconds, so a day is 7,200; a lap of 3,000 slots; the head is slot 32,000. */
class TogetherTest {
  private static final long HEAD = 32_000;
  private static final long LAP = 3_000;
  private static final double PER_SLOT = 100;
  private static final AmountCalibration.Spread SURE = new AmountCalibration.Spread(1, 1, 0);

  private static Together together(List<Outlook> outlooks, AmountCalibration.Spread spread) {
    return Together.of(
        outlooks,
        HEAD,
        new Together.Laps(LAP, 0, 0),
        SweepRules.of(ChainSpec.builtIn("mainnet"), ForkName.FULU),
        Duration.ofSeconds(12),
        spread);
  }

  private static Outlook outlook(long index, Epoch exit, Prediction... payments) {
    Validator validator =
        new Validator(
            new ValidatorIndex(index),
            BlsPublicKey.of(new byte[48]),
            WithdrawalCredentials.of(1, Address.fromHex("0x" + "11".repeat(20))),
            Gwei.ofEther(32),
            Gwei.ofEther(32),
            false,
            new Validator.Life(new Epoch(0), new Epoch(0), exit, exit));
    return new Outlook(validator, List.of(payments), List.of(), Optional.empty(), PER_SLOT);
  }

  private static Prediction payment(Kind kind, long low, long slot, long high, long gwei) {
    return new Prediction(
        new ValidatorIndex(1),
        kind,
        new SlotInterval(HEAD + low, HEAD + slot, HEAD + high, 1),
        new AmountInterval(gwei, gwei, gwei, 0));
  }

  private static Together.Period day(Together together) {
    return together.periods().getFirst();
  }

  @Test
  void addsTheTurnsOfEveryLapAndWhatIsEarnedBetweenThem() {
    Together one =
        together(
            List.of(outlook(1, Epoch.FAR_FUTURE, payment(Kind.SWEEP, 990, 1_000, 1_010, 500_000))),
            SURE);
    assertThat(one.periods())
        .extracting(Together.Period::span)
        .containsExactly(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));
    // Slots 1,000, 4,000 and 7,000 of 7,200: the last two earn 3,000 slots each.
    assertThat(day(one).payments()).isEqualTo(3);
    assertThat(day(one).sum().amount()).isEqualTo(500_000 + 2 * 300_000);
    assertThat(day(one).sum().low()).isBetween(1_098_000L, 1_100_000L);
    assertThat(one.next().orElseThrow().slot().slot()).isEqualTo(HEAD + 1_000);
  }

  @Test
  void isUnsureOfAPaymentThatMayFallOnEitherSideOfThePeriodsEnd() {
    Together one =
        together(
            List.of(
                outlook(1, Epoch.FAR_FUTURE, payment(Kind.SWEEP, 7_190, 7_195, 7_210, 500_000))),
            SURE);
    assertThat(day(one).sum().low()).isZero();
    assertThat(day(one).sum().amount()).isEqualTo(500_000);
    assertThat(day(one).sum().high()).isCloseTo(500_000L, within(1_000L));
  }

  @Test
  void paysNoExcessBehindTheLastPayment() {
    Together one =
        together(
            List.of(
                outlook(
                    1,
                    new Epoch(1_010),
                    payment(Kind.SWEEP, 1_000, 1_000, 1_000, 500_000),
                    payment(Kind.FULL, 4_000, 4_000, 4_000, 32_000_000_000L))),
            SURE);
    assertThat(day(one).payments()).isEqualTo(2);
    assertThat(day(one).sum().amount()).isEqualTo(32_000_500_000L);
    assertThat(one.leaving()).isEqualTo(1);
    assertThat(one.nextExit()).contains(new Epoch(1_010));
  }

  @Test
  void letsTheLuckOfManyEvenOutButNotWhatAllHaveInCommon() {
    List<Outlook> many =
        LongStream.range(0, 100)
            .mapToObj(
                i ->
                    outlook(i, Epoch.FAR_FUTURE, payment(Kind.SWEEP, 7_000, 7_000, 7_000, 700_000)))
            .toList();
    Together.Period luck = day(together(many, new AmountCalibration.Spread(0.5, 2, 0)));
    assertThat(luck.sum().amount()).isEqualTo(70_000_000);
    // Each earns 700,000, half of which is luck downwards: ten times that for a hundred.
    // And 1.96 / 1.645 of that, since the time is a second thing that may be missed.
    assertThat(luck.sum().low()).isEqualTo(70_000_000 - 4_170_213);
    assertThat(luck.sum().high()).isEqualTo(70_000_000 + 8_340_426);
    Together.Period common = day(together(many, new AmountCalibration.Spread(1, 1, 0.1)));
    assertThat(common.sum().low()).isEqualTo(70_000_000 - 8_340_426);
  }

  @Test
  void countsThoseWhoArePaidNothing() {
    Together none = together(List.of(outlook(1, Epoch.FAR_FUTURE)), SURE);
    assertThat(none.validators()).isEqualTo(1);
    assertThat(none.paid()).isZero();
    assertThat(none.next()).isEmpty();
    assertThat(none.periods()).allSatisfy(period -> assertThat(period.sum().high()).isZero());
  }
}
