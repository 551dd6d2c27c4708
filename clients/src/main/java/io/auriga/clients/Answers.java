package io.auriga.clients;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What several nodes answer to one question, see {@link Hedge}. Each is asked when the answers
 * before it were not enough, or not there in time. Used by one thread.
 */
public final class Answers<T> implements AutoCloseable {
  private final Hedge hedge;
  private final boolean hedged;
  private final Queue<Integer> waiting;
  private final IntFunction<T> question;
  private final Map<Integer, Thread> running = new LinkedHashMap<>();
  private final BlockingQueue<Answer<T>> done = new LinkedBlockingQueue<>();

  /**
   * @param hedged whether another node may be asked while one is
   */
  Answers(Hedge hedge, boolean hedged, List<Integer> order, IntFunction<T> question) {
    this.hedge = hedge;
    this.hedged = hedged;
    this.waiting = new ArrayDeque<>(order);
    this.question = question;
  }

  /**
   * What one node answered.
   *
   * @param position of the node
   * @param result the answer, or throws why there is none
   */
  public record Answer<T>(int position, Supplier<T> result) {}

  public boolean hasNext() {
    return !running.isEmpty() || !waiting.isEmpty();
  }

  /** The next that is there, waiting for it as long as the asking itself allows. */
  public Answer<T> next() {
    if (running.isEmpty()) {
      int position = waiting.remove();
      OptionalLong patience = hedged ? hedge.patience(position) : OptionalLong.empty();
      if (waiting.isEmpty() || patience.isEmpty() || Thread.currentThread().isInterrupted()) {
        return answerOf(position);
      }
      start(position);
    }
    try {
      return await();
    } catch (InterruptedException stopping) {
      // Those that are being asked end at once, and say so.
      close();
      return awaitStopped();
    }
  }

  private Answer<T> await() throws InterruptedException {
    int first = running.keySet().iterator().next();
    if (running.size() == 1 && !waiting.isEmpty()) {
      long patience = hedge.patience(first).orElse(Long.MAX_VALUE);
      Answer<T> inTime = done.poll(patience, TimeUnit.NANOSECONDS);
      if (inTime != null) {
        return taken(inTime);
      }
      if (hedge.spend()) {
        start(waiting.remove());
      }
    }
    Answer<T> answer = taken(done.take());
    if (answer.position() != first) {
      hedge.otherWasFirst();
    }
    return answer;
  }

  private Answer<T> awaitStopped() {
    while (true) {
      try {
        Answer<T> answer = taken(done.take());
        Thread.currentThread().interrupt();
        return answer;
      } catch (InterruptedException again) {
        // It is remembered already.
      }
    }
  }

  private Answer<T> taken(Answer<T> answer) {
    running.remove(answer.position());
    return answer;
  }

  private void start(int position) {
    running.put(
        position,
        Thread.ofVirtual()
            .name("auriga-clients-asking-" + position)
            .start(() -> done.add(answerOf(position))));
  }

  private Answer<T> answerOf(int position) {
    long begun = System.nanoTime();
    try {
      T value = question.apply(position);
      took(position, begun);
      return new Answer<>(position, () -> value);
    } catch (NodeException failed) {
      if (failed.error() == ClientError.INTERRUPTED) {
        // It would have taken longer still: without this, only its fast answers would be known.
        took(position, begun);
      }
      return failure(position, failed);
    } catch (RuntimeException | Error failed) {
      return failure(position, failed);
    }
  }

  /** What is not hedged may be of another kind, and take another time. */
  private void took(int position, long begun) {
    if (hedged) {
      hedge.took(position, System.nanoTime() - begun);
    }
  }

  private static <T> Answer<T> failure(int position, Throwable failed) {
    return new Answer<>(
        position,
        () -> {
          if (failed instanceof RuntimeException unchecked) {
            throw unchecked;
          }
          throw (Error) failed;
        });
  }

  /** Calls off what is still being asked. */
  @Override
  public void close() {
    running.values().forEach(Thread::interrupt);
  }
}
