package io.auriga.withdrawals.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.withdrawals.SpecCases;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official cases in which a validator, or a part of its balance, enters the exit queue. */
class ExitQueueVectorsTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");

  @ParameterizedTest
  @CsvSource({
    "capella, voluntary_exit, 4, 0",
    "deneb, voluntary_exit, 3, 0",
    "electra, voluntary_exit, 3, 0",
    "electra, withdrawal_request, 1, 3"
  })
  void givesTheExitEpochOfThePostState(String forkName, String operation, int full, int partial) {
    ForkName fork = ForkName.find(forkName).orElseThrow();
    ExitRules rules = ExitRules.of(SPEC, fork);
    StateSchemas schemas = StateSchemas.of(SPEC);
    int exits = 0;
    int partials = 0;
    for (Map.Entry<String, Map<String, byte[]>> one :
        SpecCases.read("minimal-" + forkName + "-operations-" + operation + ".zip").entrySet()) {
      byte[] after = one.getValue().get("post.ssz_snappy");
      if (after == null) {
        continue;
      }
      BeaconStateView pre =
          BeaconStateView.of(
              schemas, fork, Objects.requireNonNull(one.getValue().get("pre.ssz_snappy")));
      BeaconStateView post = BeaconStateView.of(schemas, fork, after);
      Epoch now = SPEC.epochOf(pre.slot());
      ExitQueue queue = ExitQueue.of(rules, pre, now);
      for (int i = 0; i < pre.validatorCount(); i++) {
        if (pre.exitEpoch(i) != post.exitEpoch(i)) {
          ExitQueue.Place place = queue.enter(rules.weight(pre.effectiveBalance(i)), now);
          assertThat(place.exit().value()).as(one.getKey()).isEqualTo(post.exitEpoch(i));
          assertThat(rules.withdrawable(place.exit()).value())
              .as(one.getKey())
              .isEqualTo(post.withdrawableEpoch(i));
          assertBehind(place.behind(), post, one.getKey());
          exits++;
        }
      }
      if (post.partialCount() > pre.partialCount()) {
        int last = post.partialCount() - 1;
        ExitQueue.Place place = queue.enter(post.partialAmount(last), now);
        assertThat(rules.withdrawable(place.exit()).value())
            .as(one.getKey())
            .isEqualTo(post.partialWithdrawableEpoch(last));
        assertBehind(place.behind(), post, one.getKey());
        partials++;
      }
    }
    assertThat(exits).isEqualTo(full);
    assertThat(partials).isEqualTo(partial);
  }

  private static void assertBehind(ExitQueue behind, BeaconStateView post, String name) {
    if (behind.rules().byBalance()) {
      assertThat(behind.end().value())
          .as(name)
          .isEqualTo(post.fields().uint64("earliest_exit_epoch"));
      assertThat(behind.room()).as(name).isEqualTo(post.fields().uint64("exit_balance_to_consume"));
    } else {
      ExitQueue read = ExitQueue.of(behind.rules(), post, SPEC.epochOf(post.slot()));
      assertThat(read).as(name).isEqualTo(behind);
    }
  }
}
