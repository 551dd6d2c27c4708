package io.auriga.withdrawals.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every validator of a network of a thousand pays; nothing was missed; 16 a block. */
class ForecastTest {
  private static final long ETHER = 1_000_000_000;
  private static final int COUNT = 1_008;
  private static final int HEAD = 6_400;

  private static Forecast forecast(ForkName fork, PendingPartials queue) {
    SweepProfile profile = new SweepProfile(SweepRules.of(ChainSpec.builtIn("mainnet"), fork));
    profile.validators(COUNT, 0);
    for (int block = 0; block < HEAD; block++) {
      int from = block * 16 % COUNT;
      profile.applied(block + 1, IntStream.range(from, from + 16).toArray());
    }
    return Forecast.of(profile, queue, COUNT, Income.ASSUMED, TrackRecord.empty());
  }

  private static Forecast forecast() {
    return forecast(ForkName.FULU, new PendingPartials.Listed(List.of(), false));
  }

  private static Validator validator(long index, int prefix, Gwei balance, Gwei effective) {
    return validator(index, prefix, balance, effective, Epoch.FAR_FUTURE, Epoch.FAR_FUTURE);
  }

  private static Validator validator(
      long index, int prefix, Gwei balance, Gwei effective, Epoch exit, Epoch withdrawable) {
    return new Validator(
        new ValidatorIndex(index),
        BlsPublicKey.of(new byte[48]),
        WithdrawalCredentials.of(prefix, Address.fromHex("0x" + "11".repeat(20))),
        balance,
        effective,
        false,
        new Validator.Life(new Epoch(0), new Epoch(0), exit, withdrawable));
  }

  private static Gwei milliether(long amount) {
    return new Gwei(amount * ETHER / 1_000);
  }

  private static Outlook outlook(Forecast forecast, Validator validator) {
    return forecast.of(validator, Optional.empty());
  }

  @Test
  void expectsTheExcessWhenTheSweepComesBy() {
    // The cursor is at 6400 · 16 mod 1008 = 592.
    Outlook outlook =
        outlook(forecast(), validator(592 + 33, 1, milliether(32_018), Gwei.ofEther(32)));
    Prediction next = outlook.payments().getFirst();
    assertThat(outlook.payments()).hasSize(1);
    assertThat(next.kind()).isEqualTo(Kind.SWEEP);
    assertThat(next.slot().slot()).isEqualTo(HEAD + 3);
    assertThat(next.slot().low()).isEqualTo(next.slot().high());
    assertThat(next.amount().amount()).isBetween(18_000_000L, 18_010_000L);
    assertThat(outlook.nothing()).isEmpty();
  }

  @Test
  void expectsNothingFromWhomTheSweepPassesBy() {
    for (Validator poor :
        List.of(
            validator(5, 0, milliether(32_500), Gwei.ofEther(32)),
            validator(5, 0xb0, milliether(32_500), Gwei.ofEther(32)),
            validator(5, 1, milliether(31_500), Gwei.ofEther(31)),
            validator(5, 2, milliether(40_000), Gwei.ofEther(40)),
            validator(5, 1, Gwei.ZERO, Gwei.ZERO, new Epoch(3), new Epoch(20)),
            validator(COUNT + 5, 1, milliether(32_500), Gwei.ofEther(32)),
            validator(-1, 1, milliether(32_500), Gwei.ofEther(32)))) {
      Outlook outlook = outlook(forecast(), poor);
      assertThat(outlook.payments()).as("%s", poor).isEmpty();
      assertThat(outlook.nothing()).as("%s", poor).isPresent();
    }
  }

  @Test
  void paysCompoundingOnesAbove2048EtherAndSinceElectraOnly() {
    Validator full = validator(600, 2, milliether(2_048_010), Gwei.ofEther(2_048));
    assertThat(outlook(forecast(), full).payments()).hasSize(1);
    Forecast before =
        forecast(ForkName.DENEB, new PendingPartials.Unavailable("not there before Electra"));
    assertThat(outlook(before, full).payments()).isEmpty();
  }

  @Test
  void expectsAllAfterTheWithdrawableEpochAndTheExcessBefore() {
    long withdrawable = HEAD / 32 + 10;
    Validator leaving =
        validator(
            600, 1, milliether(32_010), Gwei.ofEther(32), new Epoch(150), new Epoch(withdrawable));
    List<Prediction> payments = outlook(forecast(), leaving).payments();
    assertThat(payments).extracting(Prediction::kind).containsExactly(Kind.SWEEP, Kind.FULL);
    assertThat(payments.get(0).slot().slot()).isEqualTo(HEAD + 1);
    // A lap is 63 blocks: the next turn at or after the epoch's first slot.
    long due = withdrawable * 32;
    long turn = HEAD + 1 + (due - HEAD - 1 + 62) / 63 * 63;
    assertThat(payments.get(1).slot().slot()).isEqualTo(turn);
    assertThat(payments.get(1).amount().amount()).isEqualTo(32_000_000_000L);
  }

  @Test
  void waitsForADeficitToBeEarnedBack() {
    Prediction next =
        outlook(forecast(), validator(600, 1, milliether(31_999), Gwei.ofEther(32)))
            .payments()
            .getFirst();
    // 0.001 ether at three per cent a year.
    assertThat(next.slot().slot() - HEAD).isBetween(2_500L, 3_000L);
    assertThat(next.amount().low()).isNotNegative();
    assertThat(
            outlook(forecast(), validator(600, 1, milliether(20_000), Gwei.ofEther(32))).payments())
        .isEmpty();
  }

  @Test
  void givesRequestedPartialsTheirPlaceAndEpoch() {
    List<PendingPartials.Entry> queue = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      queue.add(
          new PendingPartials.Entry(new ValidatorIndex(100 + i), Gwei.ofEther(1), new Epoch(0)));
    }
    queue.add(
        new PendingPartials.Entry(
            new ValidatorIndex(119), Gwei.ofEther(5), new Epoch(HEAD / 32 + 2)));
    queue.add(
        new PendingPartials.Entry(
            new ValidatorIndex(119), Gwei.ofEther(90), new Epoch(HEAD / 32 + 2)));
    Forecast forecast = forecast(ForkName.FULU, new PendingPartials.Listed(queue, false));
    Outlook outlook = outlook(forecast, validator(119, 2, Gwei.ofEther(40), Gwei.ofEther(40)));
    assertThat(outlook.queue()).extracting(Outlook.QueuePlace::place).containsExactly(19, 20, 21);
    assertThat(outlook.payments())
        .extracting(payment -> payment.slot().slot())
        .containsExactly(HEAD + 3L, HEAD + 64L, HEAD + 64L);
    // Only 8 ether are above the 32 that stay.
    assertThat(outlook.payments())
        .extracting(payment -> payment.amount().amount() / ETHER)
        .containsExactly(1L, 5L, 2L);
    assertThat(outlook.nothing()).isPresent();
  }

  @Test
  void letsTheQueueWaitBehindAnEntryThatNobodyLivesToSee() {
    Forecast forecast =
        forecast(
            ForkName.FULU,
            new PendingPartials.Listed(
                List.of(
                    new PendingPartials.Entry(
                        new ValidatorIndex(1), Gwei.ofEther(1), Epoch.FAR_FUTURE),
                    new PendingPartials.Entry(
                        new ValidatorIndex(2), Gwei.ofEther(1), new Epoch(0))),
                false));
    Outlook outlook = outlook(forecast, validator(2, 2, Gwei.ofEther(40), Gwei.ofEther(40)));
    assertThat(outlook.payments()).isEmpty();
    assertThat(outlook.queue()).hasSize(1);
  }

  @Test
  void survivesBalancesAndEpochsAtTheirExtremes() {
    for (Gwei balance : List.of(new Gwei(-1), new Gwei(Long.MAX_VALUE), new Gwei(1))) {
      for (Epoch epoch : List.of(new Epoch(0), new Epoch(Long.MAX_VALUE), new Epoch(-2))) {
        Outlook outlook =
            outlook(forecast(), validator(1, 1, balance, Gwei.ofEther(32), epoch, epoch));
        assertThat(outlook.payments())
            .allSatisfy(
                payment -> {
                  assertThat(payment.slot().low()).isGreaterThan(HEAD);
                  assertThat(payment.slot().high()).isGreaterThanOrEqualTo(payment.slot().low());
                  assertThat(payment.amount().low()).isNotNegative();
                });
      }
    }
  }

  @Test
  void earnsWhatItsOwnPaymentsSay() {
    long excess = 10_000_000;
    Income.Past past = new Income.Past(HEAD - 60_000, Optional.of(HEAD - 120_000L), excess);
    double perSlot = Income.ASSUMED.perSlot(32 * ETHER, excess, HEAD, Optional.of(past));
    assertThat(perSlot).isEqualTo(2.0 * excess / 120_000);
    assertThat(Income.ASSUMED.perSlot(32 * ETHER, 0, HEAD, Optional.empty()))
        .isBetween(300.0, 420.0);
  }
}
