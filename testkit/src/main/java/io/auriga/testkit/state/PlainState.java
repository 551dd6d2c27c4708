package io.auriga.testkit.state;

import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A beacon state as far as withdrawals depend on it, an object for everything. */
public record PlainState(
    ForkName fork,
    BigInteger slot,
    List<PlainValidator> validators,
    BigInteger nextWithdrawalIndex,
    BigInteger nextWithdrawalValidatorIndex,
    List<PlainPartial> pendingPartials) {
  public PlainState {
    validators = List.copyOf(validators);
    pendingPartials = List.copyOf(pendingPartials);
  }

  /**
   * Reads SSZ of the fork, field by field.
   *
   * @throws io.auriga.crypto.ssz.SszException if it is not
   */
  public static PlainState read(StateSchemas schemas, ForkName fork, byte[] ssz) {
    SszView state = SszView.of(schemas.state(fork), ssz);
    SszView registry = state.field("validators");
    SszView balances = state.field("balances");
    List<PlainValidator> validators = new ArrayList<>();
    for (int i = 0; i < registry.count(); i++) {
      BigInteger balance = littleEndian(balances.element(i).toBytes());
      validators.add(PlainValidator.read(registry.element(i), balance));
    }
    List<PlainPartial> partials = new ArrayList<>();
    if (state.has("pending_partial_withdrawals")) {
      SszView queue = state.field("pending_partial_withdrawals");
      for (int i = 0; i < queue.count(); i++) {
        SszView partial = queue.element(i);
        partials.add(
            new PlainPartial(
                PlainValidator.number(partial, "validator_index").intValueExact(),
                PlainValidator.number(partial, "amount"),
                PlainValidator.number(partial, "withdrawable_epoch")));
      }
    }
    return new PlainState(
        fork,
        PlainValidator.number(state, "slot"),
        validators,
        PlainValidator.number(state, "next_withdrawal_index"),
        PlainValidator.number(state, "next_withdrawal_validator_index"),
        partials);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    BigInteger value = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value.shiftLeft(Byte.SIZE).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return value;
  }

  /** The state's SSZ; what is not known here is zero or empty. */
  public byte[] toSsz(StateSchemas schemas) {
    SszContainer type = schemas.type(fork, "Validator");
    ByteArrayOutputStream registry = new ByteArrayOutputStream();
    ByteArrayOutputStream balances = new ByteArrayOutputStream();
    for (PlainValidator validator : validators) {
      registry.writeBytes(
          SszWriter.of(type)
              .set("pubkey", Hex.parse(validator.publicKey()))
              .set("withdrawal_credentials", Hex.parse(validator.credentials()))
              .set("effective_balance", validator.effectiveBalance().longValue())
              .set("slashed", new byte[] {(byte) (validator.slashed() ? 1 : 0)})
              .set(
                  "activation_eligibility_epoch",
                  validator.activationEligibilityEpoch().longValue())
              .set("activation_epoch", validator.activationEpoch().longValue())
              .set("exit_epoch", validator.exitEpoch().longValue())
              .set("withdrawable_epoch", validator.withdrawableEpoch().longValue())
              .toBytes());
      balances.writeBytes(SszWriter.uint64(validator.balance().longValue()));
    }
    SszWriter state =
        SszWriter.ofDefaults(schemas.state(fork))
            .set("slot", slot.longValue())
            .set("validators", registry.toByteArray())
            .set("balances", balances.toByteArray())
            .set("next_withdrawal_index", nextWithdrawalIndex.longValue())
            .set("next_withdrawal_validator_index", nextWithdrawalValidatorIndex.longValue());
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      state.set("pending_partial_withdrawals", partials(schemas));
    }
    return state.toBytes();
  }

  private byte[] partials(StateSchemas schemas) {
    SszContainer type = schemas.type(fork, "PendingPartialWithdrawal");
    ByteArrayOutputStream queue = new ByteArrayOutputStream();
    for (PlainPartial partial : pendingPartials) {
      queue.writeBytes(
          SszWriter.of(type)
              .set("validator_index", partial.validator())
              .set("amount", partial.amount().longValue())
              .set("withdrawable_epoch", partial.withdrawableEpoch().longValue())
              .toBytes());
    }
    return queue.toByteArray();
  }
}
