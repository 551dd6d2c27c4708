package io.auriga.app.web;

import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.SseEvent;
import io.auriga.runtime.http.SseStream;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells open pages that something changed, at most a few times a second however fast blocks come: a
 * page asks for all of itself again, so changes in between need no event of their own. With each
 * event goes the platform's clock, which in a replay is not the reader's.
 */
final class LiveFeed implements AutoCloseable {
  private static final int PAGES_MAX = 200;

  /** A page that is this many events behind is not reading: several minutes of them. */
  private static final int QUEUE = 64;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** Faster than an eye follows rows. */
  private static final Duration GAP = Duration.ofMillis(300);

  /** How often a page hears the clock where nothing happens. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private final SlotClock clock;
  private final Optional<ReplayControl> replay;
  private final SseStream stream = new SseStream(PAGES_MAX, QUEUE, KEEP_ALIVE);
  private final Semaphore changes = new Semaphore(0);
  private final Thread publisher;

  LiveFeed(SlotClock clock, Optional<ReplayControl> replay) {
    this.clock = clock;
    this.replay = replay;
    this.publisher = Thread.ofVirtual().name("auriga-web-live").unstarted(this::publish);
  }

  void start() {
    publisher.start();
  }

  /** Quick and safe from any thread. */
  void changed() {
    changes.release();
  }

  Response open() {
    return Response.events(stream, () -> List.of(event("tick")));
  }

  /** Seconds of the platform's time in one of the reader's. */
  double speed() {
    return replay.map(control -> control.paused() ? 0 : control.speed()).orElse(1.0);
  }

  @Override
  public void close() {
    publisher.interrupt();
    stream.close();
  }

  private void publish() {
    try {
      while (true) {
        boolean changed = changes.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        stream.publish(event(changed ? "change" : "tick"));
        LockSupport.parkNanos(GAP.toNanos());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private SseEvent event(String name) {
    return SseEvent.of(
        name,
        String.format(
            Locale.ROOT, "{\"now\":%d,\"speed\":%s}", clock.now().toEpochMilli(), speed()));
  }
}
