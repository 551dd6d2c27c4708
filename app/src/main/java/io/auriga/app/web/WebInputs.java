package io.auriga.app.web;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.record.SlotStore;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.withdrawals.PaidQueries;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.expected.ReplayRecords;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.prediction.PredictionWatch;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.auriga.withdrawals.statement.Groups;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the surfaces read from.
 *
 * @param network as people call it: {@code mainnet}, or what a configuration names
 * @param replays what came of recomputing the withdrawals of blocks
 * @param predictions what is to come, and how good such answers were
 * @param watch who is watched
 * @param slo how their objectives stand
 * @param slashing how the slashing watch stands, and what it found
 * @param rewards what they earned
 * @param duties what each of them did lately, and has to do next
 * @param slots what was said of each slot
 * @param groups the names that an operator gives to validators and addresses
 * @param metrics what {@code /metrics} exposes
 * @param checks what {@code /readyz} asks besides the follower: above all, whether the store takes
 *     writes
 * @param replay present in a demo
 * @param version of Auriga
 */
public record WebInputs(
    String network,
    ChainSpec spec,
    SlotClock clock,
    WithdrawalQueries queries,
    ReplayRecords replays,
    KindQueries kinds,
    ReconcileQueries reconcile,
    PaidQueries paid,
    ValidatorLookup validators,
    PredictionWatch predictions,
    Supplier<WatchKeeper.Status> watch,
    SloKeeper slo,
    Supplier<SlashingView> slashing,
    Rewards rewards,
    Duties duties,
    SlotStore slots,
    Supplier<Groups> groups,
    PlatformStatus status,
    Metrics metrics,
    List<ReadinessCheck> checks,
    Optional<ReplayControl> replay,
    String version) {
  public WebInputs {
    checks = List.copyOf(checks);
  }
}
