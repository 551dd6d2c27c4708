package io.auriga.sync.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps fork choice updates in the order in which they came, towards one execution client: each
 * goes out once the one before is answered or given up.
 */
final class Order {
  private final AtomicReference<Turn> last = new AtomicReference<>(Turn.free());

  /** Takes a place in the order. */
  Turn enter() {
    CountDownLatch mine = new CountDownLatch(1);
    while (true) {
      Turn before = last.get();
      Turn turn = new Turn(before.mine, mine);
      if (last.compareAndSet(before, turn)) {
        return turn;
      }
    }
  }

  /** A place in the order; must be left in any case. */
  record Turn(CountDownLatch before, CountDownLatch mine) {
    /** Of what needs no order. */
    static Turn free() {
      return new Turn(new CountDownLatch(0), new CountDownLatch(0));
    }

    /** Whether its time has come. */
    boolean await(Duration patience) throws InterruptedException {
      return before.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave() {
      mine.countDown();
    }
  }
}
