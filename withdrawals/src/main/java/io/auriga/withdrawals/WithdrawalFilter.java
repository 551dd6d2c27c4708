package io.auriga.withdrawals;

import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which withdrawals, and in which order. Conditions hold together; an empty one asks for nothing.
 * Bounds are inclusive except {@code toTime}.
 *
 * @param validators any of these; at most {@link #NAMES_MAX} together with the addresses
 * @param addresses paid to any of these
 * @param fromTime the slot begins then or later
 * @param toTime the slot begins before
 * @param fromBlock the number of the execution block
 * @param stages any of these; empty for every canonical one
 * @param orphaned orphaned ones as well, whatever {@code stages} says
 */
public record WithdrawalFilter(
    Set<ValidatorIndex> validators,
    Set<Address> addresses,
    Optional<Slot> fromSlot,
    Optional<Slot> toSlot,
    Optional<WithdrawalIndex> fromIndex,
    Optional<WithdrawalIndex> toIndex,
    Optional<Instant> fromTime,
    Optional<Instant> toTime,
    Optional<Root> blockRoot,
    Optional<BlockHash> blockHash,
    Optional<BlockNumber> fromBlock,
    Optional<BlockNumber> toBlock,
    Set<Stage> stages,
    boolean orphaned,
    Order order) {

  /** Names in one question: both databases take 32,767 parameters in a statement. */
  public static final int NAMES_MAX = 10_000;

  /** Every canonical withdrawal, newest first. */
  public static final WithdrawalFilter ALL =
      new WithdrawalFilter(
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          false,
          Order.NEWEST_FIRST);

  /** By the withdrawal index, which on the canonical chain is the order of time as well. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  public WithdrawalFilter {
    validators = Set.copyOf(validators);
    addresses = Set.copyOf(addresses);
    stages = Set.copyOf(stages);
    int names = validators.size() + addresses.size();
    if (names > NAMES_MAX) {
      throw new AurigaException(
          WithdrawalError.BAD_FILTER,
          "filter withdrawals",
          "%d validators and addresses, and at most %d can be asked for at once"
              .formatted(names, NAMES_MAX));
    }
  }

  public WithdrawalFilter withValidators(Set<ValidatorIndex> values) {
    return with(draft -> draft.validators = values);
  }

  public WithdrawalFilter withValidator(ValidatorIndex value) {
    return with(draft -> draft.validators = Set.of(value));
  }

  public WithdrawalFilter withAddresses(Set<Address> values) {
    return with(draft -> draft.addresses = values);
  }

  public WithdrawalFilter withAddress(Address value) {
    return with(draft -> draft.addresses = Set.of(value));
  }

  public WithdrawalFilter withFromSlot(Slot value) {
    return with(draft -> draft.fromSlot = Optional.of(value));
  }

  public WithdrawalFilter withToSlot(Slot value) {
    return with(draft -> draft.toSlot = Optional.of(value));
  }

  public WithdrawalFilter withFromIndex(WithdrawalIndex value) {
    return with(draft -> draft.fromIndex = Optional.of(value));
  }

  public WithdrawalFilter withToIndex(WithdrawalIndex value) {
    return with(draft -> draft.toIndex = Optional.of(value));
  }

  public WithdrawalFilter withFromTime(Instant value) {
    return with(draft -> draft.fromTime = Optional.of(value));
  }

  /** Exclusive. */
  public WithdrawalFilter withToTime(Instant value) {
    return with(draft -> draft.toTime = Optional.of(value));
  }

  public WithdrawalFilter withBlockRoot(Root value) {
    return with(draft -> draft.blockRoot = Optional.of(value));
  }

  public WithdrawalFilter withBlockHash(BlockHash value) {
    return with(draft -> draft.blockHash = Optional.of(value));
  }

  public WithdrawalFilter withFromBlock(BlockNumber value) {
    return with(draft -> draft.fromBlock = Optional.of(value));
  }

  public WithdrawalFilter withToBlock(BlockNumber value) {
    return with(draft -> draft.toBlock = Optional.of(value));
  }

  public WithdrawalFilter withStages(Set<Stage> values) {
    return with(draft -> draft.stages = values);
  }

  /** Orphaned ones as well. */
  public WithdrawalFilter withOrphaned() {
    return with(draft -> draft.orphaned = true);
  }

  public WithdrawalFilter withOrder(Order value) {
    return with(draft -> draft.order = value);
  }

  private WithdrawalFilter with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.filter();
  }

  /** How many validators and addresses it names. */
  int names() {
    return validators.size() + addresses.size();
  }

  /** Whether any canonical withdrawal can match. */
  boolean wantsCanonical() {
    return stages.isEmpty() || stages.stream().anyMatch(stage -> stage != Stage.ORPHANED);
  }

  /** Whether any orphaned withdrawal can match. */
  boolean wantsOrphaned() {
    return orphaned || stages.contains(Stage.ORPHANED);
  }

  /** The same fields, open to change for the length of one {@code with…}. */
  private static final class Draft {
    Set<ValidatorIndex> validators;
    Set<Address> addresses;
    Optional<Slot> fromSlot;
    Optional<Slot> toSlot;
    Optional<WithdrawalIndex> fromIndex;
    Optional<WithdrawalIndex> toIndex;
    Optional<Instant> fromTime;
    Optional<Instant> toTime;
    Optional<Root> blockRoot;
    Optional<BlockHash> blockHash;
    Optional<BlockNumber> fromBlock;
    Optional<BlockNumber> toBlock;
    Set<Stage> stages;
    boolean orphaned;
    Order order;

    Draft(WithdrawalFilter from) {
      validators = from.validators;
      addresses = from.addresses;
      fromSlot = from.fromSlot;
      toSlot = from.toSlot;
      fromIndex = from.fromIndex;
      toIndex = from.toIndex;
      fromTime = from.fromTime;
      toTime = from.toTime;
      blockRoot = from.blockRoot;
      blockHash = from.blockHash;
      fromBlock = from.fromBlock;
      toBlock = from.toBlock;
      stages = from.stages;
      orphaned = from.orphaned;
      order = from.order;
    }

    WithdrawalFilter filter() {
      return new WithdrawalFilter(
          validators,
          addresses,
          fromSlot,
          toSlot,
          fromIndex,
          toIndex,
          fromTime,
          toTime,
          blockRoot,
          blockHash,
          fromBlock,
          toBlock,
          stages,
          orphaned,
          order);
    }
  }
}
