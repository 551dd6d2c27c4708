package io.auriga.withdrawals.kind;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves what kind the withdrawals of one block are, from {@code get_expected_withdrawals} (capella
 * and electra/beacon-chain.md) read backwards.
 *
 * <p><b>Full or not</b> follows from the withdrawable epoch, which any state of the block or of its
 * descendants tells. An epoch that has come is never changed again, since a validator is slashable
 * only before it; and one that has not come can only be put off. So a later state says {@code <=}
 * the block's epoch exactly if the block's own state did. A validator that is withdrawable has
 * left, so it cannot have been paid on request; the amount proves nothing, as a full withdrawal may
 * be a few Gwei and an excess more than 32 ether.
 *
 * <p><b>Requested or of the sweep</b>, from Electra on:
 *
 * <ul>
 *   <li>Only compounding credentials can request, and they are never given up: credentials 0x01 in
 *       a later state prove the sweep.
 *   <li>The sweep takes an excess only at the highest effective balance; blocks do not change it,
 *       epochs do. In the state that the block left, a lower one proves the request. A validator
 *       that switches to compounding in this very block did so after the withdrawals.
 *   <li>Requested ones stand first and are at most so many; after one of the sweep come only others
 *       of it.
 *   <li>The sweep goes round in the order of indices, each validator at most once in a block,
 *       beginning at the cursor, which is known after a block that was full.
 *   <li>Without any request for the validator in the chain before the block there was none.
 * </ul>
 */
final class KindRules {
  /** {@code BUILDER_INDEX_FLAG} of Gloas: such an index is no validator's. */
  private static final long BUILDER_FLAG = 1L << 40;

  /** As in {@code get_pending_partial_withdrawals}: the last place is the sweep's. */
  private static final int OF_THE_SWEEP = 1;

  private final ChainSpec spec;

  KindRules(ChainSpec spec) {
    this.spec = spec;
  }

  /**
   * What is known of a block beside its list.
   *
   * @param validators by index; one that was asked for and is missing does not exist
   * @param stateServed whether any state was served
   * @param cursor where the sweep began, if the block before was full
   * @param switchedHere who asked for compounding credentials in this block
   * @param requested who asked to be paid in an earlier block; null if not all of them are known
   */
  record Facts(
      ForkName fork,
      Epoch epoch,
      List<Withdrawal> withdrawals,
      Map<ValidatorIndex, KnownValidator> validators,
      boolean stateServed,
      OptionalLong cursor,
      Set<BlsPublicKey> switchedHere,
      @Nullable Set<BlsPublicKey> requested) {}

  /** Whether an index is a builder's: no fork that is read today has any. */
  static boolean isBuilder(ValidatorIndex index) {
    return (index.value() & BUILDER_FLAG) != 0;
  }

  /** One evidence for each withdrawal, in their order. */
  List<KindEvidence> judge(Facts facts) {
    List<KindEvidence> alone = new ArrayList<>();
    for (int place = 0; place < facts.withdrawals().size(); place++) {
      alone.add(judge(facts, place));
    }
    return facts.fork().isAtLeast(ForkName.ELECTRA) ? together(facts, alone) : alone;
  }

  /** What follows for one withdrawal from its validator and its place. */
  private KindEvidence judge(Facts facts, int place) {
    ValidatorIndex index = facts.withdrawals().get(place).validatorIndex();
    if (isBuilder(index) && facts.fork().isAtLeast(ForkName.GLOAS)) {
      return KindEvidence.BUILDER;
    }
    if (!facts.stateServed()) {
      return KindEvidence.STATE_NOT_SERVED;
    }
    KnownValidator validator = facts.validators().get(index);
    if (validator == null) {
      return KindEvidence.NO_SUCH_VALIDATOR;
    }
    if (validator.credentials().address().isEmpty()) {
      return KindEvidence.CONTRADICTION;
    }
    if (validator.withdrawable().compareTo(facts.epoch()) <= 0) {
      return KindEvidence.WITHDRAWABLE;
    }
    if (!facts.fork().isAtLeast(ForkName.ELECTRA)) {
      return KindEvidence.NOT_WITHDRAWABLE;
    }
    boolean compounding =
        validator.isCompounding() && !facts.switchedHere().contains(validator.publicKey());
    if (!compounding) {
      return KindEvidence.CREDENTIALS;
    }
    if (place >= requestedMax()) {
      return KindEvidence.AFTER_SWEEP;
    }
    Set<BlsPublicKey> requested = facts.requested();
    if (requested != null && !requested.contains(validator.publicKey())) {
      return KindEvidence.NO_REQUEST;
    }
    if (validator.effectiveBalance().isEmpty()) {
      return KindEvidence.STATE_NOT_SERVED;
    }
    Gwei most = new Gwei(spec.number("MAX_EFFECTIVE_BALANCE_ELECTRA"));
    return validator.effectiveBalance().get().compareTo(most) < 0
        ? KindEvidence.EFFECTIVE_BALANCE
        : KindEvidence.AMBIGUOUS;
  }

  private int requestedMax() {
    int payload = (int) spec.number("MAX_WITHDRAWALS_PER_PAYLOAD");
    int sweep = (int) spec.number("MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP");
    return Math.min(sweep, payload - OF_THE_SWEEP);
  }

  /** What follows for those left open from the order of all. */
  private static List<KindEvidence> together(Facts facts, List<KindEvidence> alone) {
    int lastRequested = -1;
    int firstOfSweep = alone.size();
    for (int place = 0; place < alone.size(); place++) {
      WithdrawalKind kind = alone.get(place).kind();
      if (kind == WithdrawalKind.REQUESTED_PARTIAL) {
        lastRequested = place;
      } else if (kind == WithdrawalKind.FULL || kind == WithdrawalKind.SWEEP_EXCESS) {
        firstOfSweep = Math.min(firstOfSweep, place);
      }
    }
    if (lastRequested > firstOfSweep) {
      return alone.stream().map(_ -> KindEvidence.CONTRADICTION).toList();
    }
    int sweepFromHere = firstOrdered(facts);
    List<KindEvidence> all = new ArrayList<>(alone);
    for (int place = 0; place < all.size(); place++) {
      if (!isOpen(all.get(place))) {
        continue;
      }
      if (place < lastRequested) {
        all.set(place, KindEvidence.BEFORE_REQUESTED);
      } else if (place < sweepFromHere) {
        all.set(place, KindEvidence.OUT_OF_SWEEP_ORDER);
      } else if (place > firstOfSweep && isKnownNotFull(facts, place)) {
        all.set(place, KindEvidence.AFTER_SWEEP);
      }
    }
    return all;
  }

  private static boolean isOpen(KindEvidence evidence) {
    return evidence == KindEvidence.AMBIGUOUS || evidence == KindEvidence.STATE_NOT_SERVED;
  }

  /** Of the sweep is not enough: it pays full withdrawals as well. */
  private static boolean isKnownNotFull(Facts facts, int place) {
    KnownValidator validator =
        facts.validators().get(facts.withdrawals().get(place).validatorIndex());
    return validator != null && validator.withdrawable().compareTo(facts.epoch()) > 0;
  }

  /** The first place from which on all can be the sweep's, going by their order. */
  private static int firstOrdered(Facts facts) {
    List<Withdrawal> list = facts.withdrawals();
    int place = list.size();
    boolean wrapped = false;
    while (place > 0) {
      long index = list.get(place - 1).validatorIndex().value();
      if (place < list.size()) {
        long next = list.get(place).validatorIndex().value();
        boolean grows = Long.compareUnsigned(index, next) < 0;
        if (!grows && wrapped) {
          break;
        }
        boolean wraps = wrapped || !grows;
        long last = list.getLast().validatorIndex().value();
        if (wraps && Long.compareUnsigned(last, index) >= 0) {
          // It would have come round to where it began.
          break;
        }
        wrapped = wraps;
      }
      if (facts.cursor().isPresent()
          && !reaches(facts.cursor().getAsLong(), list, index, wrapped)) {
        break;
      }
      place--;
    }
    return place;
  }

  /** Whether a sweep from the cursor can come by this index and then by the rest of the list. */
  private static boolean reaches(long cursor, List<Withdrawal> list, long index, boolean wrapped) {
    long last = list.getLast().validatorIndex().value();
    boolean ahead = Long.compareUnsigned(index, cursor) >= 0;
    if (wrapped) {
      // It passes the end of the registry after this one, so this one is not behind the cursor.
      return ahead && Long.compareUnsigned(last, cursor) < 0;
    }
    return ahead || Long.compareUnsigned(last, cursor) < 0;
  }

  @Override
  public String toString() {
    return "KindRules[" + UInt64.toDecimal(requestedMax()) + " requested in a payload]";
  }
}
