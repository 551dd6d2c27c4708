package io.auriga.app.web;

import io.auriga.validators.rewards.RewardKeeper;
import io.auriga.validators.rewards.RewardStore;
import java.util.function.Supplier;

/**
 * What the surfaces say of rewards from.
 *
 * @param store what is kept
 * @param status what came last, and what is wrong
 */
public record Rewards(RewardStore store, Supplier<RewardKeeper.Status> status) {}
