package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.expected.BalanceChanges;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a block paid for each validator, against the validator's balance in the state that the
 * parent left less the one in the state that the block left.
 *
 * <p>Equal is proven, and so is a difference that is what the validator's seats in the sync
 * committee gained or lost. Otherwise unequal is a divergence only where nothing else can move a
 * balance: both in one epoch, the validator not the proposer, no slashing, deposit or consolidation
 * in the block, and the difference more than a whole sync committee's reward of a slot could be.
 * Anything less proves nothing.
 */
final class ValidatorBalanceCheck {
  /** In Gwei; there is less ether than this. */
  private static final BigInteger ALL_ETHER = BigInteger.ONE.shiftLeft(57);

  private static final List<String> MOVES_BALANCES =
      List.of("proposer_slashings", "attester_slashings", "deposits");

  private final ChainSpec spec;
  private final BeaconStates states;
  private final Function<Root, Optional<ChainBlock>> blocks;
  private final BalanceChanges computed;

  ValidatorBalanceCheck(ReconcileNodes nodes) {
    this.spec = nodes.spec();
    this.states = nodes.states();
    this.blocks = nodes.block();
    this.computed = new BalanceChanges(spec, states);
  }

  /** One result for each validator that was paid. */
  List<CheckResult> check(BlockFacts block) {
    Map<ValidatorIndex, BigInteger> paid =
        new TreeMap<>(Comparator.comparing(ValidatorIndex::value, Long::compareUnsigned));
    for (Withdrawal withdrawal : block.withdrawals()) {
      paid.merge(withdrawal.validatorIndex(), big(withdrawal.amount()), BigInteger::add);
    }
    Optional<Map<ValidatorIndex, Gwei>> before =
        block.parent().flatMap(parent -> balances(parent.stateRoot(), paid));
    Optional<Map<ValidatorIndex, Gwei>> after =
        before.flatMap(_ -> block.stateRoot().flatMap(state -> balances(state, paid)));
    if (before.isEmpty() || after.isEmpty()) {
      String which = before.isEmpty() ? "before" : "after";
      return paid.keySet().stream()
          .map(
              validator ->
                  notProvable(validator, "no beacon node serves the state " + which + " the block"))
          .toList();
    }
    List<Paid> all =
        paid.entrySet().stream()
            .map(
                one ->
                    new Paid(
                        one.getKey(),
                        one.getValue(),
                        before.get().get(one.getKey()),
                        after.get().get(one.getKey())))
            .toList();
    Map<ValidatorIndex, Long> changes = changes(block, all);
    return all.stream().map(one -> check(block, one, changes.get(one.validator()))).toList();
  }

  /** What the block did to the balances of those who were not just paid, where that is known. */
  private Map<ValidatorIndex, Long> changes(BlockFacts block, List<Paid> all) {
    List<ValidatorIndex> open =
        all.stream()
            .filter(one -> one.isTold() && one.other().signum() != 0)
            .map(Paid::validator)
            .toList();
    if (open.isEmpty() || !isWithinAnEpoch(block)) {
      return Map.of();
    }
    return blocks
        .apply(block.root())
        .map(whole -> computed.of(whole.view(), open))
        .orElse(Map.of());
  }

  private boolean isWithinAnEpoch(BlockFacts block) {
    return block
        .parent()
        .filter(parent -> spec.epochOf(parent.slot()).equals(spec.epochOf(block.slot())))
        .isPresent();
  }

  /** A validator, what it was paid, and its balance on both sides of the block if that is told. */
  private record Paid(
      ValidatorIndex validator, BigInteger paid, @Nullable Gwei before, @Nullable Gwei after) {
    boolean isTold() {
      return before != null && after != null;
    }

    /** By what else the balance changed. */
    BigInteger other() {
      if (before == null || after == null) {
        throw new IllegalStateException("a balance is used that was not told");
      }
      return big(after).subtract(big(before).subtract(paid));
    }
  }

  private Optional<Map<ValidatorIndex, Gwei>> balances(
      Root state, Map<ValidatorIndex, BigInteger> paid) {
    List<ValidatorId> ids = paid.keySet().stream().map(ValidatorId::of).toList();
    return states
        .balances(StateId.of(state), ids)
        .map(
            answer ->
                answer.data().stream()
                    .collect(Collectors.toMap(ValidatorBalance::index, ValidatorBalance::balance)));
  }

  /**
   * @param computed what the block did to the balance beside; null if that is not known
   */
  private CheckResult check(BlockFacts block, Paid one, @Nullable Long computed) {
    ValidatorIndex validator = one.validator();
    if (!one.isTold()) {
      return notProvable(validator, "the beacon node's state does not hold the validator");
    }
    BigInteger other = one.other();
    if (other.equals(BigInteger.valueOf(computed == null ? 0 : computed))) {
      return CheckResult.proven(ReconcileError.VALIDATOR_BALANCE, subject(validator));
    }
    String change = "beside the payment the balance changed by " + other + " Gwei";
    Optional<String> explanation = explanation(block, validator, other);
    return explanation.isPresent()
        ? notProvable(validator, change + ": " + explanation.get())
        : CheckResult.diverged(
            ReconcileError.VALIDATOR_BALANCE,
            subject(validator),
            "%s Gwei less %s Gwei paid".formatted(one.before(), one.paid()),
            one.after() + " Gwei");
  }

  /** What may have changed the balance; empty if nothing may. */
  private Optional<String> explanation(
      BlockFacts block, ValidatorIndex validator, BigInteger other) {
    if (!isWithinAnEpoch(block)) {
      return Optional.of("the epoch's rewards and penalties lie between");
    }
    if (other.abs().compareTo(syncCommitteeMax()) <= 0) {
      return Optional.of("a duty in the sync committee or as proposer would explain it");
    }
    Optional<ChainBlock> whole = blocks.apply(block.root());
    if (whole.isEmpty()) {
      return Optional.of("no node serves the block, which would say more");
    }
    if (whole.get().view().proposerIndex().equals(validator)) {
      return Optional.of("it proposed the block");
    }
    SszView body = whole.get().view().body();
    for (String field : MOVES_BALANCES) {
      if (body.field(field).count() > 0) {
        return Optional.of("the block has " + field.replace('_', ' '));
      }
    }
    return whole.get().view().consolidationRequests().isEmpty()
        ? Optional.empty()
        : Optional.of("the block has consolidation requests");
  }

  /**
   * More than all seats of the sync committee earn in a slot: {@code max_participant_rewards} of
   * {@code process_sync_aggregate} if all ether there is were staked.
   */
  private BigInteger syncCommitteeMax() {
    // Base rewards of an epoch are 64 × sqrt(total); the committee gets 2/64 of a slot's share.
    return ALL_ETHER
        .sqrt()
        .shiftLeft(1)
        .divide(BigInteger.valueOf(spec.slotsPerEpoch()))
        .add(BigInteger.ONE);
  }

  private static BigInteger big(Gwei amount) {
    return UInt64.toBigInteger(amount.value());
  }

  private static CheckResult notProvable(ValidatorIndex validator, String reason) {
    return CheckResult.notProvable(ReconcileError.VALIDATOR_BALANCE, subject(validator), reason);
  }

  private static String subject(ValidatorIndex validator) {
    return "validator " + validator;
  }
}
