package io.auriga.crypto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalDifferenceTest {
  private static final String ADDRESS = "0x00000000000000000000000000000000000000aa";
  private static final Withdrawal FIRST = withdrawal(1, 2, ADDRESS, 3);
  private static final Withdrawal SECOND = withdrawal(2, 3, ADDRESS, 5);

  @Test
  void findsNothingInEqualLists() {
    assertThat(WithdrawalDifference.find(List.of(), List.of())).isEmpty();
    assertThat(WithdrawalDifference.find(List.of(FIRST, SECOND), List.of(FIRST, SECOND))).isEmpty();
  }

  @Test
  void namesTheEntryAndTheField() {
    assertDifference(
        withdrawal(2, 3, ADDRESS, 6),
        "entry 1: amount 5 in the beacon block, 6 in the execution block");
    assertDifference(
        withdrawal(-1, 3, ADDRESS, 5),
        "entry 1: index 2 in the beacon block, 18446744073709551615 in the execution block");
    assertDifference(
        withdrawal(2, 4, ADDRESS, 5),
        "entry 1: validator index 3 in the beacon block, 4 in the execution block");
    assertDifference(
        withdrawal(2, 3, ADDRESS.replace("aa", "ab"), 5),
        "entry 1: address "
            + ADDRESS
            + " in the beacon block, "
            + ADDRESS.replace("aa", "ab")
            + " in the execution block");
  }

  @Test
  void countsEntriesWhenTheRestIsEqual() {
    assertThat(WithdrawalDifference.find(List.of(FIRST, SECOND), List.of(FIRST)))
        .contains("2 withdrawals in the beacon block, 1 in the execution block");
  }

  @Test
  void prefersTheFirstDifferingEntryToTheCount() {
    assertThat(WithdrawalDifference.find(List.of(FIRST), List.of(SECOND, FIRST)))
        .contains("entry 0: index 1 in the beacon block, 2 in the execution block");
  }

  private static void assertDifference(Withdrawal other, String expected) {
    assertThat(WithdrawalDifference.find(List.of(FIRST, SECOND), List.of(FIRST, other)))
        .contains(expected);
  }

  private static Withdrawal withdrawal(long index, long validator, String address, long amount) {
    return new Withdrawal(
        new WithdrawalIndex(index),
        new ValidatorIndex(validator),
        Address.fromHex(address),
        new Gwei(amount));
  }
}
