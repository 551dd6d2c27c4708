package io.auriga.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WithdrawalCredentialsTest {
  private static final Address ADDRESS =
      Address.fromHex("0x00000000219ab540356cBB839Cbe05303d7705Fa");

  @Test
  void readsTheKindFromTheFirstByteAndTheAddressFromTheLastTwenty() {
    assertThat(WithdrawalCredentials.of(0, ADDRESS))
        .isInstanceOf(WithdrawalCredentials.Bls.class)
        .matches(credentials -> credentials.address().isEmpty());
    assertThat(WithdrawalCredentials.of(1, ADDRESS).address()).contains(ADDRESS);
    assertThat(WithdrawalCredentials.of(2, ADDRESS))
        .isInstanceOf(WithdrawalCredentials.Compounding.class)
        .matches(credentials -> credentials.address().filter(ADDRESS::equals).isPresent());
    assertThat(WithdrawalCredentials.of(0xb0, ADDRESS))
        .isInstanceOf(WithdrawalCredentials.Unknown.class)
        .matches(credentials -> credentials.address().isEmpty());
  }

  /** A deposit may carry anything between the first byte and the address. */
  @Test
  void keepsTheBytesThatTheProtocolDoesNotLookAt() {
    byte[] bytes = WithdrawalCredentials.of(1, ADDRESS).bytes().toBytes();
    bytes[5] = 7;
    WithdrawalCredentials padded = WithdrawalCredentials.of(Root.of(bytes));
    assertThat(padded.address()).contains(ADDRESS);
    assertThat(padded.bytes().toBytes()).isEqualTo(bytes);
  }

  @Test
  void readsPublicKeysOfTheirLengthOnly() {
    String hex = "0x" + "ab".repeat(48);
    assertThat(BlsPublicKey.fromHex(hex.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x")))
        .isEqualTo(BlsPublicKey.fromHex(hex))
        .hasToString(hex);
    assertThatThrownBy(() -> BlsPublicKey.fromHex(hex.substring(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlsPublicKey.of(new byte[47]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
