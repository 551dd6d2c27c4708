package io.auriga.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UInt64Test {

  @ParameterizedTest
  @CsvSource({
    "0, 0x0",
    "1, 0x1",
    "9223372036854775808, 0x8000000000000000",
    "18446744073709551615, 0xffffffffffffffff",
  })
  void readsAndWritesBothWireForms(String decimal, String quantity) {
    long value = UInt64.parseDecimal(decimal);
    assertThat(UInt64.parseQuantity(quantity)).isEqualTo(value);
    assertThat(UInt64.toDecimal(value)).isEqualTo(decimal);
    assertThat(UInt64.toQuantity(value)).isEqualTo(quantity);
    assertThat(UInt64.toBigInteger(value)).hasToString(decimal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "0x1", " 1", "18446744073709551616", "١"})
  void refusesOtherDecimals(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UInt64.parseDecimal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0x", "0x01", "1", "0X1", "0x-1", "0xg", "0x10000000000000000", "0x１"})
  void refusesOtherQuantities(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UInt64.parseQuantity(text));
  }

  @Test
  void neverWrapsAnAmount() {
    Gwei most = Gwei.parseDecimal("18446744073709551615");
    assertThat(most.toWei()).hasToString("18446744073709551615000000000");
    assertThat(most.toEtherString()).isEqualTo("18446744073.709551615");
    assertThat(Gwei.ofEther(32).toEtherString()).isEqualTo("32");
    assertThatThrownBy(() -> most.plus(new Gwei(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Gwei.ofEther(-1)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void neverBeginsTheCounterOfWithdrawalsAnew() {
    assertThat(new WithdrawalIndex(Long.MAX_VALUE).next()).hasToString("9223372036854775808");
    assertThatThrownBy(() -> new WithdrawalIndex(-1).next())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void showsTextFromOutsideWithoutWhatATerminalWouldActOn() {
    assertThat(Hex.abbreviate("a\u001b[2J\u009b1m\u202eb\u2028c\u200bd é"))
        .isEqualTo("\"a?[2J?1m?b?c?d é\"");
    String cutInACharacter = "x".repeat(47) + "\uD83D\uDE00";
    assertThat(Hex.abbreviate(cutInACharacter))
        .isEqualTo('"' + "x".repeat(47) + "?… (49 characters)\"");
  }

  @Test
  void readsHexOfEitherCaseAndNothingElse() {
    Address address = Address.fromHex("0x00000000219ab540356cBB839Cbe05303d7705Fa");
    assertThat(address).hasToString("0x00000000219ab540356cbb839cbe05303d7705fa");
    assertThatIllegalArgumentException().isThrownBy(() -> Address.fromHex("0x00"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.parse("0xg0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hex.parse("00"));
    assertThat(Root.ZERO).isNotEqualTo(BlockHash.ZERO);
  }
}
