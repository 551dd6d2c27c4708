package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueAliasesTest {
  private final Metrics metrics = new Metrics(new PrometheusRegistry());

  private List<String> series() {
    return new String(Exposition.of(metrics, "").body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("eth_"))
        .toList();
  }

  @Test
  void tellsHowLongTheQueuesAreAndNothingOfWhatNobodyTells() {
    StatesOfNobody node =
        new StatesOfNobody() {
          @Override
          public PendingPartials pendingPartialWithdrawals(StateId state) {
            return new PendingPartials.Listed(
                List.of(
                    new PendingPartials.Entry(new ValidatorIndex(1), new Gwei(1), new Epoch(1))),
                false);
          }

          @Override
          public PendingDeposits pendingDeposits(StateId state) {
            return new PendingDeposits.Listed(
                List.of(
                    new PendingDeposits.Entry(
                        BlsPublicKey.of(new byte[48]), new Gwei(1), new Slot(1), false)));
          }

          @Override
          public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
            return Optional.of(new StateAnswer<>(List.of(), false, false));
          }
        };
    try (QueueAliases queues =
        new QueueAliases(node, Duration.ofHours(1)).register(metrics, "mainnet")) {
      assertThat(series()).isEmpty();
      queues.look();
      assertThat(series())
          .containsExactlyInAnyOrder(
              "eth_pending_deposits_count{network=\"mainnet\"} 1.0",
              "eth_pending_consolidations_count{network=\"mainnet\"} 0.0",
              "eth_pending_withdrawals_count{network=\"mainnet\"} 1.0");
    }
  }

  @Test
  void ofANodeThatTellsNothingThereIsNoSeries() {
    try (QueueAliases queues =
        new QueueAliases(new StatesOfNobody(), Duration.ofHours(1)).register(metrics, "mainnet")) {
      queues.look();
      assertThat(series()).isEmpty();
    }
  }
}
