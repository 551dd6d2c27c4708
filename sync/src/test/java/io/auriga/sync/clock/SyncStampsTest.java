package io.auriga.sync.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.http.HttpAnswer;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SyncStampsTest {
  private static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void theOffsetIsOffByNoMoreThanHalfOfWhatTheTwoWaysDifferIn() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Duration skew = millis(random.nextInt(10_001) - 5_000);
      Duration there = millis(random.nextInt(400));
      Duration work = millis(random.nextInt(300));
      Duration back = millis(random.nextInt(400));
      Instant received = BEGIN.plus(there);
      Instant sent = received.plus(work);
      SyncStamps stamps =
          SyncStamps.of(answer(received.plus(skew), sent.plus(skew), sent.plus(back)))
              .orElseThrow();
      assertThat(stamps.offset().minus(skew).abs())
          .as("seed %d", seed)
          .isEqualTo(there.minus(back).abs().dividedBy(2));
      assertThat(stamps.roundTrip()).isEqualTo(there.plus(back));
      assertThat(stamps.sample().least()).isEqualTo(skew.minus(back));
      assertThat(stamps.sample().most()).isEqualTo(skew.plus(there));
    }
  }

  @Test
  void theArticlesFormulaIsTheHeadersTimeLessOurs() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Instant header = BEGIN.plusNanos(random.nextInt());
      Instant response = BEGIN.plusNanos(random.nextInt());
      Instant received = BEGIN.plusNanos(random.nextInt());
      assertThat(SyncStamps.articleFormula(header, response, received))
          .isEqualTo(Duration.between(received, header));
    }
  }

  @Test
  void anAnswerThatTookLongerToMakeThanToGetIsNotBelieved() {
    assertThat(SyncStamps.of(answer(BEGIN, BEGIN.plusSeconds(2), BEGIN.plusSeconds(1)))).isEmpty();
    assertThat(SyncStamps.of(answer(BEGIN, BEGIN.minusNanos(1), BEGIN.plusSeconds(1)))).isEmpty();
  }

  @Test
  void anAnswerOfAnotherServerHasNoStamps() {
    assertThat(SyncStamps.of(answer(Map.of()))).isEmpty();
    assertThat(SyncStamps.of(answer(Map.of("X-Sync-TS", List.of("1700000000000000000")))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-5",
        "+5",
        "now",
        "1.5",
        "0x10",
        "9223372036854775808",
        "١٢",
        "1e9",
        "99999999999999999999999"
      })
  void aStampThatIsNoNumberOfNanosecondsIsUnknown(String forged) {
    String good = "1700000000000000000";
    assertThat(
            SyncStamps.of(
                answer(Map.of("X-Sync-TS", List.of(forged), "X-Sync-TS-Received", List.of(good)))))
        .isEmpty();
    assertThat(
            SyncStamps.of(
                answer(Map.of("X-Sync-TS", List.of(good), "X-Sync-TS-Received", List.of(forged)))))
        .isEmpty();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static HttpAnswer answer(Map<String, List<String>> headers) {
    return new HttpAnswer(
        200, HttpHeaders.of(headers, (_, _) -> true), new byte[0], BEGIN, BEGIN.plusSeconds(1));
  }

  private static HttpAnswer answer(Instant received, Instant sent, Instant answered) {
    return new HttpAnswer(
        200,
        HttpHeaders.of(
            Map.of(
                "X-Sync-TS", List.of(nanos(sent)), "X-Sync-TS-Received", List.of(nanos(received))),
            (_, _) -> true),
        new byte[0],
        BEGIN,
        answered);
  }

  private static String nanos(Instant instant) {
    return Long.toString(instant.getEpochSecond() * 1_000_000_000 + instant.getNano());
  }
}
