package io.auriga.withdrawals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How it is known what kind a withdrawal is, or why it is not. Each follows from the rules of
 * {@code get_expected_withdrawals} (capella and electra/beacon-chain.md); {@code KindRules} has the
 * reasoning.
 *
 * <p>The codes are stored: they are never given another meaning.
 */
public enum KindEvidence {
  NOT_LOOKED_AT(0, WithdrawalKind.UNKNOWN, "It was not looked at yet"),
  WITHDRAWABLE(1, WithdrawalKind.FULL, "Its validator's withdrawable epoch had come"),
  NOT_WITHDRAWABLE(
      2,
      WithdrawalKind.SWEEP_EXCESS,
      "Its validator was not withdrawable yet, and the fork knows no requests"),
  CREDENTIALS(
      3,
      WithdrawalKind.SWEEP_EXCESS,
      "Its validator was not withdrawable yet, and without compounding credentials nothing can be"
          + " requested"),
  AFTER_SWEEP(
      4,
      WithdrawalKind.SWEEP_EXCESS,
      "It was not withdrawable yet and stands where only the sweep's can: after as many requested"
          + " ones as a payload holds, or after another of the sweep"),
  NO_REQUEST(
      5,
      WithdrawalKind.SWEEP_EXCESS,
      "Its validator was not withdrawable yet, and no block since Electra carries a request for"
          + " it"),
  EFFECTIVE_BALANCE(
      6,
      WithdrawalKind.REQUESTED_PARTIAL,
      "Its validator was below the balance from which the sweep takes"),
  BEFORE_REQUESTED(7, WithdrawalKind.REQUESTED_PARTIAL, "It stands before another requested one"),
  OUT_OF_SWEEP_ORDER(
      8,
      WithdrawalKind.REQUESTED_PARTIAL,
      "The sweep, which goes round in the order of indices, was elsewhere"),
  BUILDER(9, WithdrawalKind.BUILDER, "Its index has the bit that marks a builder"),
  AWAITING_FINALITY(
      10,
      WithdrawalKind.UNKNOWN,
      "No node serves the state of its block; once the block is final a later one will do"),
  STATE_NOT_SERVED(
      11, WithdrawalKind.UNKNOWN, "No node serves a state that would tell; an archive node would"),
  NO_SUCH_VALIDATOR(12, WithdrawalKind.UNKNOWN, "The node's state does not hold its validator"),
  AMBIGUOUS(
      13,
      WithdrawalKind.UNKNOWN,
      "It can be of the sweep as well as requested, and nothing that is served tells which"),
  CONTRADICTION(
      14, WithdrawalKind.UNKNOWN, "What the node says of its validator does not allow a payment");

  private static final Map<Integer, KindEvidence> BY_CODE = new HashMap<>();

  static {
    Arrays.stream(values()).forEach(evidence -> BY_CODE.put(evidence.code, evidence));
  }

  private final int code;
  private final WithdrawalKind kind;
  private final String meaning;

  KindEvidence(int code, WithdrawalKind kind, String meaning) {
    this.code = code;
    this.kind = kind;
    this.meaning = meaning;
  }

  /** The stored byte. */
  public int code() {
    return code;
  }

  public WithdrawalKind kind() {
    return kind;
  }

  /** A sentence for a person, without its full stop. */
  public String meaning() {
    return meaning;
  }

  /** As in every interface: {@code effective-balance}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of the withdrawal at a place of its block, from the column {@code evidence} of its kinds. */
  public static KindEvidence at(Optional<byte[]> evidence, int position) {
    return evidence.isPresent() && position < evidence.get().length
        ? ofCode(evidence.get()[position])
        : NOT_LOOKED_AT;
  }

  private static KindEvidence ofCode(int code) {
    KindEvidence evidence = BY_CODE.get(code);
    if (evidence == null) {
      throw new IllegalStateException("The store holds the unknown evidence " + code);
    }
    return evidence;
  }
}
