package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.state.NaiveWithdrawals;
import io.auriga.testkit.state.PlainState;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Withdrawal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every block of the generated chain, orphaned ones too, from Capella to Fulu. */
class GeneratedChainTest {
  private static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  @Test
  void reproducesTheWithdrawalsOfEveryBlock() {
    ChainSpec spec = CHAIN.spec();
    StateSchemas states = StateSchemas.of(spec);
    Map<ForkName, Integer> reproduced = new EnumMap<>(ForkName.class);
    for (RecordedBlock block : CHAIN.timeline().blocks()) {
      RecordedState met =
          CHAIN
              .states()
              .before(block.root())
              .or(() -> CHAIN.states().after(block.parentRoot()))
              .orElseThrow();
      assertThat(met.fork()).isEqualTo(block.fork());
      Epoch epoch = spec.epochOf(block.slot());
      List<Withdrawal> carried =
          SignedBlockView.of(BlockSchemas.of(spec), block.fork(), block.ssz())
              .payload()
              .withdrawals();
      ExpectedWithdrawals expected =
          WithdrawalRules.of(spec, block.fork())
              .expected(
                  ValidatorStates.of(BeaconStateView.of(states, met.fork(), met.ssz())), epoch);
      assertThat(ListDifference.find(expected.withdrawals(), carried)).as("%s", block).isEmpty();
      NaiveWithdrawals.Outcome naive =
          NaiveWithdrawals.of(
              PlainState.read(states, met.fork(), met.ssz()),
              new BigInteger(epoch.toString()),
              spec);
      assertThat(naive.withdrawals()).as("%s", block).isEqualTo(carried);
      reproduced.merge(block.fork(), 1, Integer::sum);
    }
    assertThat(reproduced)
        .containsOnlyKeys(ForkName.CAPELLA, ForkName.DENEB, ForkName.ELECTRA, ForkName.FULU);
    assertThat(reproduced.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(CHAIN.timeline().blocks().size())
        .isEqualTo(127);
  }
}
