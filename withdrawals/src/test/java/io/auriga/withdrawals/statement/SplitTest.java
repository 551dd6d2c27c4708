package io.auriga.withdrawals.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.statement.Split.Full;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final long ETHER = 1_000_000_000;
  private static final OptionalLong KEEPS = OptionalLong.of(32 * ETHER);
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void anExcessIsIncomeAndWhatWasAskedForIsApart() {
    assertThat(Split.of(WithdrawalKind.SWEEP_EXCESS, 7)).isEqualTo(new Split(0, 7, 0, 0));
    assertThat(Split.of(WithdrawalKind.REQUESTED_PARTIAL, 7)).isEqualTo(new Split(0, 0, 7, 0));
    assertThat(Split.of(WithdrawalKind.UNKNOWN, 7)).isEqualTo(new Split(0, 0, 0, 7));
  }

  @Test
  void aFullWithdrawalReturnsUpToThirtyTwoEtherAndTheRestIsIncome() {
    assertThat(Split.of(new Full(KEEPS, NONE, false), 32 * ETHER + 5))
        .isEqualTo(new Split(32 * ETHER, 5, 0, 0));
    assertThat(Split.of(new Full(KEEPS, OptionalLong.of(31 * ETHER), false), 31 * ETHER + 5))
        .as("penalties made the principal smaller")
        .isEqualTo(new Split(31 * ETHER + 5, 0, 0, 0));
  }

  @Test
  void whatComesAfterTheFullWithdrawalIsIncome() {
    assertThat(Split.of(new Full(KEEPS, NONE, true), 5)).isEqualTo(new Split(0, 5, 0, 0));
    assertThat(Split.of(new Full(NONE, OptionalLong.of(40 * ETHER), true), 5))
        .as("the effective balance falls only with the epoch")
        .isEqualTo(new Split(0, 5, 0, 0));
    assertThat(Split.of(new Full(KEEPS, OptionalLong.of(0), false), 5))
        .isEqualTo(new Split(0, 5, 0, 0));
  }

  @Test
  void aCompoundingValidatorReturnsItsEffectiveBalanceOrNothingIsSaid() {
    assertThat(Split.of(new Full(NONE, OptionalLong.of(65 * ETHER), false), 65 * ETHER + 9))
        .isEqualTo(new Split(65 * ETHER, 9, 0, 0));
    assertThat(Split.of(new Full(NONE, NONE, false), 65 * ETHER))
        .isEqualTo(new Split(0, 0, 0, 65 * ETHER));
  }
}
