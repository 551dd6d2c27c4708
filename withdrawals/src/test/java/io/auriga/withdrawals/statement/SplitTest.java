package io.auriga.withdrawals.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.withdrawals.WithdrawalKind;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void anExcessIsIncomeAndWhatWasAskedForIsApart() {
    assertThat(Split.of(WithdrawalKind.SWEEP_EXCESS, 7)).isEqualTo(new Split(0, 7, 0, 0));
    assertThat(Split.of(WithdrawalKind.REQUESTED_PARTIAL, 7)).isEqualTo(new Split(0, 0, 7, 0));
    assertThat(Split.of(WithdrawalKind.UNKNOWN, 7)).isEqualTo(new Split(0, 0, 0, 7));
    assertThat(Split.of(WithdrawalKind.FULL, 7)).isEqualTo(new Split(0, 0, 0, 7));
  }

  @Test
  void whatWasPutInIsPrincipalAndWhatIsNotKnownIsApart() {
    assertThat(Split.of(new Split.Basis(5, 0), 7)).isEqualTo(new Split(5, 2, 0, 0));
    assertThat(Split.of(new Split.Basis(5, 2), 7)).isEqualTo(new Split(5, 0, 0, 2));
  }
}
