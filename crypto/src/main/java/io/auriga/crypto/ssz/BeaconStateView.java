package io.auriga.crypto.ssz;

import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.ForkVersion;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Objects;

/**
 * A beacon state, read where it lies: however many validators it has, there is no object for any of
 * them, and asking for a field of one allocates nothing. Well-formed, because that is checked once
 * at the begin; the root is not compared with anything. May be shared between threads as long as
 * nobody changes the bytes.
 *
 * <p>Validators and pending partial withdrawals are asked for by their place in their list. Amounts
 * are Gwei; amounts and epochs are the raw 64 bits, to be read as unsigned.
 */
public final class BeaconStateView {
  private static final int VALIDATOR_LENGTH = 121;
  private static final int CREDENTIALS = 48;
  private static final int CREDENTIALS_ADDRESS = CREDENTIALS + 12;
  private static final int EFFECTIVE_BALANCE = 80;
  private static final int SLASHED = 88;
  private static final int ACTIVATION_EPOCH = 97;
  private static final int EXIT_EPOCH = 105;
  private static final int WITHDRAWABLE_EPOCH = 113;

  private static final int PARTIAL_LENGTH = 24;
  private static final int PARTIAL_AMOUNT = 8;
  private static final int PARTIAL_WITHDRAWABLE_EPOCH = 16;

  private final ForkName fork;
  private final SszView state;
  private final byte[] ssz;
  private final int validators;
  private final int validatorCount;
  private final int balances;
  private final int partials;
  private final int partialCount;

  private BeaconStateView(ForkName fork, SszView state) {
    this.fork = fork;
    this.state = state;
    this.ssz = state.data();
    SszView registry = state.field("validators");
    this.validators = registry.offset();
    this.validatorCount = registry.count();
    this.balances = state.field("balances").offset();
    boolean hasPartials = state.has("pending_partial_withdrawals");
    SszView queue = hasPartials ? state.field("pending_partial_withdrawals") : state;
    this.partials = queue.offset();
    this.partialCount = hasPartials ? queue.count() : 0;
  }

  /**
   * Checks the bytes, which must not change afterwards.
   *
   * @throws SszException if they are not a state of the fork, or are one that no chain can have:
   *     there are not as many balances as validators, or the sweep is to go on at none
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public static BeaconStateView of(StateSchemas schemas, ForkName fork, byte[] ssz) {
    SszView state = SszView.of(schemas.state(fork), ssz);
    BeaconStateView view = new BeaconStateView(fork, state);
    view.requirePossible();
    return view;
  }

  /** What the encoding allows and no chain produces, as far as this view would trip over it. */
  private void requirePossible() {
    int balanceCount = state.field("balances").count();
    if (balanceCount != validatorCount) {
      throw impossible("balances", balanceCount + " balances of " + validatorCount + " validators");
    }
    if (validatorCount == 0) {
      throw impossible("validators", "there is no validator");
    }
    int _ = nextWithdrawalValidatorIndex();
  }

  private SszException impossible(String field, String problem) {
    return new SszException("BeaconState." + field, state.field(field).offset(), problem);
  }

  private int inRegistry(long index, String field, int at) {
    if (Long.compareUnsigned(index, validatorCount) >= 0) {
      throw new SszException(
          "BeaconState." + field,
          at,
          "it names validator " + Long.toUnsignedString(index) + " of " + validatorCount);
    }
    return (int) index;
  }

  public ForkName fork() {
    return fork;
  }

  /** The state's SSZ: the array itself. */
  public byte[] bytes() {
    return ssz;
  }

  /** The state's fields, for what this view has no method for. */
  public SszView fields() {
    return state;
  }

  /** The root that a block names as its {@code state_root}. Takes seconds for a large state. */
  public Root hashTreeRoot() {
    return state.hashTreeRoot();
  }

  public Slot slot() {
    return new Slot(state.uint64("slot"));
  }

  public Root genesisValidatorsRoot() {
    return state.root("genesis_validators_root");
  }

  /** The fork's version as this chain has it: it tells networks apart. */
  public ForkVersion forkVersion() {
    int at = state.field("fork").positionOf("current_version", Integer.BYTES);
    return new ForkVersion(Integer.reverseBytes(LittleEndian.int32(ssz, at)));
  }

  public Checkpoint finalized() {
    SszView checkpoint = state.field("finalized_checkpoint");
    return new Checkpoint(new Epoch(checkpoint.uint64("epoch")), checkpoint.root("root"));
  }

  public long nextWithdrawalIndex() {
    return state.uint64("next_withdrawal_index");
  }

  /** Where the sweep goes on; below {@link #validatorCount}. */
  public int nextWithdrawalValidatorIndex() {
    String field = "next_withdrawal_validator_index";
    return inRegistry(state.uint64(field), field, state.positionOf(field, Long.BYTES));
  }

  public int validatorCount() {
    return validatorCount;
  }

  public long balance(int validator) {
    Objects.checkIndex(validator, validatorCount);
    return LittleEndian.int64(ssz, balances + validator * Long.BYTES);
  }

  /** The first byte of the withdrawal credentials: 0x00, 0x01, 0x02. */
  public int credentialsPrefix(int validator) {
    return ssz[at(validator) + CREDENTIALS] & 0xff;
  }

  /** The last 20 bytes of the withdrawal credentials; an address if the prefix says so. */
  public Address credentialsAddress(int validator) {
    return Address.at(ssz, at(validator) + CREDENTIALS_ADDRESS);
  }

  public long effectiveBalance(int validator) {
    return LittleEndian.int64(ssz, at(validator) + EFFECTIVE_BALANCE);
  }

  public boolean isSlashed(int validator) {
    return ssz[at(validator) + SLASHED] != 0;
  }

  public long activationEpoch(int validator) {
    return LittleEndian.int64(ssz, at(validator) + ACTIVATION_EPOCH);
  }

  public long exitEpoch(int validator) {
    return LittleEndian.int64(ssz, at(validator) + EXIT_EPOCH);
  }

  public long withdrawableEpoch(int validator) {
    return LittleEndian.int64(ssz, at(validator) + WITHDRAWABLE_EPOCH);
  }

  /** Where a validator lies; a checked state has no more than an array can hold. */
  private int at(int validator) {
    return validators + Objects.checkIndex(validator, validatorCount) * VALIDATOR_LENGTH;
  }

  /** Requested withdrawals (EIP-7002) that wait; none before Electra. */
  public int partialCount() {
    return partialCount;
  }

  /**
   * Whose it is; below {@link #validatorCount}. Not checked before it is asked for, because
   * official test cases have queues with validators that do not exist where nothing reaches them.
   *
   * @throws SszException if the validator does not exist
   */
  public int partialValidatorIndex(int partial) {
    int at = partialAt(partial);
    return inRegistry(
        LittleEndian.int64(ssz, at), "pending_partial_withdrawals[" + partial + "]", at);
  }

  /**
   * Who proposes in a slot that is decided, from Fulu on.
   *
   * @param place from 0 on, the first slot of the state's epoch
   */
  public int proposerLookahead(int place) {
    SszView decided = state.field("proposer_lookahead");
    return inRegistry(
        decided.uint64At(Objects.checkIndex(place, decided.count())),
        "proposer_lookahead[" + place + "]",
        decided.elementOffset(place));
  }

  public long partialAmount(int partial) {
    return LittleEndian.int64(ssz, partialAt(partial) + PARTIAL_AMOUNT);
  }

  public long partialWithdrawableEpoch(int partial) {
    return LittleEndian.int64(ssz, partialAt(partial) + PARTIAL_WITHDRAWABLE_EPOCH);
  }

  private int partialAt(int partial) {
    return partials + Objects.checkIndex(partial, partialCount) * PARTIAL_LENGTH;
  }

  @Override
  public String toString() {
    return "BeaconStateView[" + fork.lowerName() + " slot " + slot() + "]";
  }
}
