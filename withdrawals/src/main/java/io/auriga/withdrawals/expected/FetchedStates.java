package io.auriga.withdrawals.expected;

import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A state of which validators are fetched as the rules come to them, a page at a time. Mostly a
 * payload is full after a few dozen, so that the first pages are small.
 */
final class FetchedStates implements ValidatorStates {
  private static final int FIRST_PAGE = 64;
  private static final int PAGE_MAX = 1_024;

  private final StateQuestions questions;
  private final SweepCursor cursor;
  private final int count;
  private final List<PendingPartials.Entry> partials;
  private final Map<Integer, Validator> validators = new HashMap<>();
  private int page = FIRST_PAGE;

  /**
   * @param cursor the state's, as far as known from blocks
   * @param count how many validators the state has
   */
  FetchedStates(
      StateQuestions questions,
      SweepCursor cursor,
      int count,
      List<PendingPartials.Entry> partials) {
    this.questions = questions;
    this.cursor = cursor;
    this.count = count;
    this.partials = partials;
  }

  Validator validator(int index) {
    Validator known = validators.get(index);
    if (known != null) {
      return known;
    }
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < Math.min(page, count); i++) {
      int next = (int) (((long) index + i) % count);
      if (!validators.containsKey(next)) {
        wanted.add(next);
      }
    }
    page = Math.min(2 * page, PAGE_MAX);
    validators.putAll(questions.validators(wanted));
    Validator fetched = validators.get(index);
    if (fetched == null) {
      throw new IllegalStateException("validator " + index + " was asked for and is not there");
    }
    return fetched;
  }

  @Override
  public long nextWithdrawalIndex() {
    return cursor.nextIndex();
  }

  @Override
  public int nextWithdrawalValidatorIndex() {
    return cursor.nextValidator();
  }

  @Override
  public int validatorCount() {
    return count;
  }

  @Override
  public long balance(int index) {
    return validator(index).balance().value();
  }

  @Override
  public long effectiveBalance(int index) {
    return validator(index).effectiveBalance().value();
  }

  @Override
  public int credentialsPrefix(int index) {
    return validator(index).credentials().bytes().toBytes()[0] & 0xff;
  }

  @Override
  public Address credentialsAddress(int index) {
    return Address.at(
        validator(index).credentials().bytes().toBytes(), WithdrawalCredentials.ADDRESS_OFFSET);
  }

  @Override
  public long exitEpoch(int index) {
    return validator(index).life().exit().value();
  }

  @Override
  public long withdrawableEpoch(int index) {
    return validator(index).life().withdrawable().value();
  }

  @Override
  public int partialCount() {
    return partials.size();
  }

  @Override
  public int partialValidator(int partial) {
    long index = partials.get(partial).validatorIndex().value();
    if (Long.compareUnsigned(index, count) >= 0) {
      throw new NotProvableException(
          Reason.STATE,
          "the beacon node's queue names validator "
              + Long.toUnsignedString(index)
              + " of "
              + count);
    }
    return (int) index;
  }

  @Override
  public long partialAmount(int partial) {
    return partials.get(partial).amount().value();
  }

  @Override
  public long partialWithdrawableEpoch(int partial) {
    return partials.get(partial).withdrawable().value();
  }
}
