package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.integration.AurigaApi.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Kills an Auriga again and again, and watches its position all the while. */
final class Killing {
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final AurigaProcess auriga;
  private final Random random;
  private final long seed;
  private Optional<Position> last = Optional.empty();
  private int lives;
  private int livesThatAnswered;

  Killing(AurigaProcess auriga, long seed) {
    this.auriga = auriga;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * One life: a start, a random time up to {@code longest}, {@code kill -9}. That time counts from
   * the start in every other life, since a start can be broken too, and from the first answer in
   * the rest.
   *
   * @param reorgs whether the chain may switch branches meanwhile, so that the head may go back
   */
  void once(Duration longest, boolean reorgs) throws InterruptedException {
    auriga.start();
    long time = (long) (longest.toNanos() * random.nextDouble());
    boolean fromFirstAnswer = lives++ % 2 == 0;
    boolean answered = false;
    long end = System.nanoTime() + (fromFirstAnswer ? START_MAX.toNanos() : time);
    while (System.nanoTime() < end) {
      assertThat(auriga.livesFor(GLANCE))
          .as("it lives until it is killed (seed %d); %s", seed, auriga.logTail())
          .isTrue();
      Optional<Position> now = auriga.api().findPosition();
      if (now.isPresent()) {
        requireNotBack(now.get(), reorgs);
        last = now;
        if (!answered && fromFirstAnswer) {
          end = System.nanoTime() + time;
        }
        answered = true;
      }
    }
    auriga.kill();
    if (answered) {
      livesThatAnswered++;
    }
  }

  /** The position after the last start is not behind what was seen before. */
  void requireNotBack(Position now, boolean reorgs) {
    if (last.isEmpty()) {
      return;
    }
    assertThat(now.finalizedSlot())
        .as("finalized slot (seed %d)", seed)
        .isGreaterThanOrEqualTo(last.get().finalizedSlot());
    if (!reorgs) {
      assertThat(now.headSlot())
          .as("head slot (seed %d)", seed)
          .isGreaterThanOrEqualTo(last.get().headSlot());
      assertThat(now.nextIndex())
          .as("next index (seed %d)", seed)
          .isGreaterThanOrEqualTo(last.get().nextIndex());
    }
  }

  int lives() {
    return lives;
  }

  int livesThatAnswered() {
    return livesThatAnswered;
  }
}
