package io.auriga.validators.watched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"operator:acme", "region:eu-west/1", "team:Zürich 2", "x:a+b@c.d", "vc_1:7"})
  void readsWhatItWrites(String text) {
    assertThat(Label.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme",
        "operator:",
        ":acme",
        "Operator:acme",
        "operator:ac\nme",
        "operator:a\"} 1\nevil{x=\"",
        "operator:<script>",
        "operator:a\\b",
        "operator:a\u202Eb",
        "operator: acme",
        "operator:a:b",
        "operator:a\u0000b",
        "operator:../../etc",
        "group:north",
      })
  void refusesWhatAMetricAPageOrATerminalWouldActOn(String hostile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Label.parse(hostile))
        .satisfies(
            refused ->
                assertThat(refused.getMessage()).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]"));
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(Label.parse("a:" + "x".repeat(64)).value()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> Label.parse("a:" + "x".repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> Label.parse("a".repeat(33) + ":x"));
  }
}
