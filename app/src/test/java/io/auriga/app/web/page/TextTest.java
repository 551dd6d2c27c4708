package io.auriga.app.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Gwei;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts, numbers and times as people read them. */
class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.000000",
    "1, <0.000001",
    "999, <0.000001",
    "1000, 0.000001",
    "18204519, 0.018204",
    "32000000000, 32.000000",
    "2048000999999999, '2,048,000.999999'",
    "-1, '18,446,744,073.709551'",
  })
  void rowsAlignAtSixDigitsAndNeverRoundUp(long gwei, String shown) {
    Amount amount = Amount.inRow(new Gwei(gwei));
    assertThat(amount.whole() + "." + amount.fraction()).isEqualTo(shown);
  }

  @Test
  void oneAmountShowsEveryDigit() {
    Amount amount = Amount.exact(new Gwei(32_018_204_519L));
    assertThat(amount.whole() + "." + amount.fraction()).isEqualTo("32.018204519");
    assertThat(amount.exact()).isEqualTo("32,018,204,519 Gwei");
  }

  @Test
  void totalsBeyond64BitsAreExact() {
    Amount amount = Amount.total(BigInteger.TWO.pow(70));
    assertThat(amount.whole() + "." + amount.fraction()).isEqualTo("1,180,591,620,717.411");
  }

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "1, just now",
    "2, 2 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3600, 1 h ago",
    "172799, 47 h ago",
    "172800, 2 d ago",
    "-5, in 5 s",
  })
  void timesAreRelativeInTheLargestUnit(long seconds, String shown) {
    Instant at = Instant.parse("2026-11-22T18:00:00Z");
    Moment moment = Moment.of(at, at.plusSeconds(seconds));
    assertThat(moment.relative()).isEqualTo(shown);
    assertThat(moment.exact()).isEqualTo("2026-11-22 18:00:00 UTC");
  }

  @Test
  void hashesKeepBothEnds() {
    assertThat(WithdrawalRow.shorten("0x" + "ab".repeat(20))).isEqualTo("0xababab…ababab");
  }
}
