package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.state.NaiveWithdrawals;
import io.auriga.testkit.state.PlainState;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.SpecCases;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official operations/withdrawals cases, valid and invalid, and blocks of sanity/blocks. */
class OfficialCasesTest {
  @ParameterizedTest
  @CsvSource({
    "mainnet, capella, 24, 14",
    "mainnet, electra, 19, 0",
    "minimal, capella, 25, 14",
    "minimal, deneb, 25, 14",
    "minimal, electra, 44, 14",
    "minimal, fulu, 44, 14"
  })
  void expectsThePayloadOfAValidCaseAndAnotherThanThatOfAnInvalidOne(
      String preset, String forkName, int valid, int invalid) {
    ChainSpec spec = ChainSpec.builtIn(preset);
    ForkName fork = ForkName.find(forkName).orElseThrow();
    StateSchemas states = StateSchemas.of(spec);
    WithdrawalRules rules = WithdrawalRules.of(spec, fork);
    var cases = SpecCases.read(preset + "-" + forkName + "-operations-withdrawals.zip");
    int matched = 0;
    for (Map.Entry<String, Map<String, byte[]>> one : cases.entrySet()) {
      byte[] ssz = Objects.requireNonNull(one.getValue().get("pre.ssz_snappy"));
      BeaconStateView pre = BeaconStateView.of(states, fork, ssz);
      ExpectedWithdrawals expected =
          rules.expected(ValidatorStates.of(pre), spec.epochOf(pre.slot()));
      List<Withdrawal> carried =
          PayloadView.of(
                  BlockSchemas.of(spec),
                  fork,
                  Objects.requireNonNull(one.getValue().get("execution_payload.ssz_snappy")))
              .withdrawals();
      Optional<ListDifference> difference = ListDifference.find(expected.withdrawals(), carried);
      byte[] after = one.getValue().get("post.ssz_snappy");
      if (after == null) {
        assertThat(difference).as(one.getKey()).isPresent();
      } else {
        assertThat(difference).as(one.getKey()).isEmpty();
        assertLeaves(expected, pre, BeaconStateView.of(states, fork, after), one.getKey());
        matched++;
      }
      assertNaiveAgrees(PlainState.read(states, fork, ssz), spec, expected, one.getKey());
    }
    assertThat(cases).hasSize(valid + invalid);
    assertThat(matched).isEqualTo(valid);
  }

  private static void assertLeaves(
      ExpectedWithdrawals expected, BeaconStateView pre, BeaconStateView post, String name) {
    assertThat(expected.nextWithdrawalIndex().value())
        .as(name)
        .isEqualTo(post.nextWithdrawalIndex());
    assertThat(expected.nextWithdrawalValidatorIndex().value())
        .as(name)
        .isEqualTo(post.nextWithdrawalValidatorIndex());
    assertThat(pre.partialCount() - expected.processedPartials())
        .as(name)
        .isEqualTo(post.partialCount());
  }

  private static void assertNaiveAgrees(
      PlainState state, ChainSpec spec, ExpectedWithdrawals expected, String name) {
    NaiveWithdrawals.Outcome naive = NaiveWithdrawals.of(state, spec);
    assertThat(naive.withdrawals()).as(name).isEqualTo(expected.withdrawals());
    assertThat(naive.processedPartials()).as(name).isEqualTo(expected.processedPartials());
  }

  @ParameterizedTest
  @CsvSource({"capella", "electra"})
  void expectsTheWithdrawalsOfTheNextBlockInTheSameEpoch(String forkName) {
    ChainSpec spec = ChainSpec.builtIn("minimal");
    ForkName fork = ForkName.find(forkName).orElseThrow();
    WithdrawalRules rules = WithdrawalRules.of(spec, fork);
    int checked = 0;
    for (Map<String, byte[]> files :
        SpecCases.read("minimal-" + forkName + "-sanity-blocks.zip").values()) {
      byte[] first = files.get("blocks_0.ssz_snappy");
      if (first == null || !files.containsKey("post.ssz_snappy")) {
        continue;
      }
      BeaconStateView pre =
          BeaconStateView.of(
              StateSchemas.of(spec), fork, Objects.requireNonNull(files.get("pre.ssz_snappy")));
      SignedBlockView block = SignedBlockView.of(BlockSchemas.of(spec), fork, first);
      if (spec.epochOf(block.slot()).equals(spec.epochOf(pre.slot()))) {
        assertThat(
                rules.expected(ValidatorStates.of(pre), spec.epochOf(block.slot())).withdrawals())
            .isEqualTo(block.payload().withdrawals());
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(5);
  }
}
