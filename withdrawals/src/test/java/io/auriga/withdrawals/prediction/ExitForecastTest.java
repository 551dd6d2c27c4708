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
import io.auriga.withdrawals.exit.ExitQueue;
import io.auriga.withdrawals.exit.ExitRules;
import io.auriga.withdrawals.exit.ExitWindow;
import io.auriga.withdrawals.prediction.ExitOutlook.IfNow;
import io.auriga.withdrawals.prediction.ExitOutlook.Leaving;
import io.auriga.withdrawals.prediction.ExitOutlook.NotNow;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A network of a thousand, of which every lap pays all, 16 in a block: a lap is 63 blocks. */
class ExitForecastTest {
  private static final long ETHER = 1_000_000_000;
  private static final int COUNT = 1_008;
  private static final int HEAD = 12_800;
  private static final Epoch NOW = new Epoch(400);
  private static final ChainSpec SPEC = ChainSpec.builtIn("mainnet");
  private static final SweepRules SWEEP = SweepRules.of(SPEC, ForkName.FULU);
  private static final ExitRules RULES = ExitRules.of(SPEC, ForkName.FULU);

  private static Forecast forecast(PendingPartials.Entry... queue) {
    SweepProfile profile = new SweepProfile(SWEEP);
    profile.validators(COUNT, 0);
    for (int block = 0; block < HEAD; block++) {
      int from = block * 16 % COUNT;
      profile.applied(block + 1, IntStream.range(from, from + 16).toArray());
    }
    return Forecast.of(
        profile,
        new PendingPartials.Listed(List.of(queue), false),
        COUNT,
        Income.ASSUMED,
        TrackRecord.empty());
  }

  private static ExitForecast exits(ExitQueue best, ExitQueue worst, PendingPartials.Entry... all) {
    return new ExitForecast(forecast(all), SWEEP, new ExitWindow(NOW, best, worst));
  }

  private static ExitQueue queue(long end, long room) {
    return new ExitQueue(RULES, new Epoch(end), room * ETHER, 128 * ETHER);
  }

  private static Validator validator(int prefix, Epoch activation, Epoch exit, Epoch withdrawable) {
    return new Validator(
        new ValidatorIndex(600),
        BlsPublicKey.of(new byte[48]),
        WithdrawalCredentials.of(prefix, Address.fromHex("0x" + "11".repeat(20))),
        new Gwei(32_010_000_000L),
        Gwei.ofEther(32),
        false,
        new Validator.Life(new Epoch(0), activation, exit, withdrawable));
  }

  private static Validator active(int prefix) {
    return validator(prefix, new Epoch(0), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE);
  }

  private static long turnAtOrAfter(long slot) {
    // The sweep looks at validator 600 first in the block after (600 - cursor) / 16 others.
    int cursor = HEAD * 16 % COUNT;
    long first = HEAD + 1L + Math.floorMod(600 - cursor, COUNT) / 16;
    return slot <= first ? first : first + (slot - first + 62) / 63 * 63;
  }

  @Test
  void leavesByAnEmptyQueueAndIsPaidByTheNextTurnOfTheSweep() {
    IfNow now = (IfNow) exits(queue(0, 0), queue(0, 0)).of(active(1), Optional.empty());
    assertThat(now.exit()).isEqualTo(new ExitWindow.Epochs(new Epoch(405), new Epoch(405)));
    assertThat(now.withdrawable().latest()).isEqualTo(new Epoch(661));
    Prediction last = now.last().orElseThrow();
    assertThat(last.kind()).isEqualTo(Prediction.Kind.FULL);
    assertThat(last.slot().slot()).isEqualTo(turnAtOrAfter(661 * 32));
    // The laps before took what it earned; what remains is what stays of it.
    assertThat(last.amount().amount()).isEqualTo(32 * ETHER);
  }

  @Test
  void waitsBehindThoseWhoAskedBefore() {
    IfNow now = (IfNow) exits(queue(500, 40), queue(500, 20)).of(active(1), Optional.empty());
    assertThat(now.exit()).isEqualTo(new ExitWindow.Epochs(new Epoch(500), new Epoch(501)));
    Prediction last = now.last().orElseThrow();
    assertThat(last.slot().low()).isLessThanOrEqualTo(turnAtOrAfter(756 * 32));
    assertThat(last.slot().slot()).isEqualTo(turnAtOrAfter(757 * 32));
  }

  @Test
  void isNotPaidWithoutAnAddress() {
    IfNow now = (IfNow) exits(queue(0, 0), queue(0, 0)).of(active(0), Optional.empty());
    assertThat(now.exit().soonest()).isEqualTo(new Epoch(405));
    assertThat(now.last()).isEmpty();
  }

  @Test
  void saysWhyItCannotAskNow() {
    ExitForecast exits = exits(queue(0, 0), queue(0, 0));
    NotNow queued =
        (NotNow)
            exits.of(
                validator(1, Epoch.FAR_FUTURE, Epoch.FAR_FUTURE, Epoch.FAR_FUTURE),
                Optional.empty());
    assertThat(queued.reason()).contains("no activation epoch");
    assertThat(queued.from()).isEmpty();
    NotNow coming =
        (NotNow)
            exits.of(
                validator(1, new Epoch(402), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE), Optional.empty());
    assertThat(coming.reason()).contains("epoch 402");
    assertThat(coming.from()).contains(new Epoch(402 + 256));
    NotNow young =
        (NotNow)
            exits.of(
                validator(1, new Epoch(150), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE), Optional.empty());
    assertThat(young.reason()).contains("256 epochs");
    assertThat(young.from()).contains(new Epoch(406));
  }

  @Test
  void mustBePaidWhatItAskedForFirst() {
    PendingPartials.Entry asked =
        new PendingPartials.Entry(new ValidatorIndex(600), new Gwei(1_000_000), new Epoch(420));
    NotNow waiting =
        (NotNow) exits(queue(0, 0), queue(0, 0), asked).of(active(2), Optional.empty());
    assertThat(waiting.reason()).contains("1 requested partial withdrawal");
    // Paid in the first block of epoch 420.
    assertThat(waiting.from()).contains(new Epoch(420));
  }

  @Test
  void repeatsWhatIsDecidedOfOneThatLeaves() {
    Leaving leaving =
        (Leaving)
            exits(queue(0, 0), queue(0, 0))
                .of(validator(1, new Epoch(0), new Epoch(410), new Epoch(700)), Optional.empty());
    assertThat(leaving.exit()).isEqualTo(new Epoch(410));
    assertThat(leaving.withdrawable()).isEqualTo(new Epoch(700));
    assertThat(leaving.last().orElseThrow().slot().slot()).isEqualTo(turnAtOrAfter(700 * 32));
  }
}
