package io.auriga.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GweiDeltaTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "2735", "-2735", "9223372036854775807", "-9223372036854775808"})
  void readsTheWholeRangeOfASigned64BitNumber(String text) {
    assertThat(GweiDelta.parseDecimal(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "--1",
        "1.5",
        "0x1",
        " 1",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "99999999999999999999999"
      })
  void refusesWhatIsNoneOrDoesNotFit(String text) {
    assertThatThrownBy(() -> GweiDelta.parseDecimal(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverReportsAWrappedSum() {
    assertThat(new GweiDelta(5).plus(new GweiDelta(-7))).isEqualTo(new GweiDelta(-2));
    assertThatThrownBy(() -> new GweiDelta(Long.MIN_VALUE).plus(new GweiDelta(-1)))
        .isInstanceOf(ArithmeticException.class);
  }
}
