package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.expected.ListDifference.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListDifferenceTest {
  private static final Withdrawal FIRST = withdrawal(1, 10, "aa", 100);
  private static final Withdrawal SECOND = withdrawal(2, 11, "bb", -1);

  @Test
  void namesTheFirstFieldThatDiffersAndItsEntry() {
    assertDifference(withdrawal(3, 12, "cc", 5), Field.INDEX, "2", "3");
    assertDifference(withdrawal(2, 12, "cc", 5), Field.VALIDATOR_INDEX, "11", "12");
    assertDifference(
        withdrawal(2, 11, "cc", 5), Field.ADDRESS, "0x" + "bb".repeat(20), "0x" + "cc".repeat(20));
    assertDifference(withdrawal(2, 11, "bb", 5), Field.AMOUNT, "18446744073709551615", "5");
  }

  private static void assertDifference(
      Withdrawal found, Field field, String expected, String value) {
    ListDifference difference =
        ListDifference.find(List.of(FIRST, SECOND), List.of(FIRST, found)).orElseThrow();
    assertThat(difference).isEqualTo(new ListDifference(1, field, expected, value));
    assertThat(difference.summary())
        .isEqualTo("entry 1: " + field.text() + " expected " + expected + ", found " + value);
  }

  @Test
  void namesTheEntryThatOnlyOneListHas() {
    assertThat(ListDifference.find(List.of(FIRST), List.of(FIRST, SECOND)))
        .contains(new ListDifference(1, Field.COUNT, "1", "2"));
    assertThat(ListDifference.find(List.of(FIRST, SECOND), List.of()))
        .contains(new ListDifference(0, Field.COUNT, "2", "0"));
  }

  @Test
  void findsNothingBetweenEqualLists() {
    assertThat(ListDifference.find(List.of(FIRST, SECOND), List.of(FIRST, SECOND))).isEmpty();
    assertThat(ListDifference.find(List.of(), List.of())).isEmpty();
  }

  private static Withdrawal withdrawal(long index, long validator, String digits, long amount) {
    return new Withdrawal(
        new WithdrawalIndex(index),
        new ValidatorIndex(validator),
        Address.fromHex("0x" + digits.repeat(20)),
        new Gwei(amount));
  }
}
