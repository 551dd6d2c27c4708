package io.auriga.sync.relay;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands calls to the observers, behind a bounded queue that never makes a call wait. */
final class Observation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

  /** Some minutes of calls at a usual pace. */
  private static final int QUEUE_MAX = 1_024;

  private final ArrayBlockingQueue<RelayedCall> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final List<RelayObserver> observers;
  private final RelayMetrics metrics;
  private final Thread thread;

  Observation(List<RelayObserver> observers, RelayMetrics metrics) {
    this.observers = List.copyOf(observers);
    this.metrics = metrics;
    this.thread = Thread.ofPlatform().daemon().name("auriga-relay-observers").start(this::deliver);
  }

  /** Never throws: the call that was observed may still be under way. */
  void offer(RelayedCall call) {
    try {
      metrics.called(call);
      if (!observers.isEmpty() && !queue.offer(call)) {
        metrics.lost("queue-full", null);
      }
    } catch (RuntimeException | LinkageError defect) {
      LOG.atWarn().setCause(defect).log("A call was not counted; it is not affected");
    }
  }

  private void deliver() {
    try {
      while (true) {
        RelayedCall call = queue.take();
        for (RelayObserver observer : observers) {
          tell(observer, call);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(RelayObserver observer, RelayedCall call) {
    try {
      observer.relayed(call);
    } catch (RuntimeException | StackOverflowError defect) {
      metrics.lost("observer-failed", defect);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
