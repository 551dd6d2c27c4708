package io.auriga.chain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Works on several inputs at once and yields the results in the order of the inputs. At most {@code
 * window} inputs are taken ahead of what was yielded; that bounds both the load on a node and the
 * memory. A failure surfaces at its place in the order, and what was taken beyond it is cancelled.
 */
public final class OrderedPipeline<I, O> {
  private final ExecutorService workers;
  private final int window;
  private final Iterator<I> inputs;
  private final Function<I, O> work;
  private final Deque<Future<O>> inFlight = new ArrayDeque<>();

  /**
   * @param workers run {@code work}, and are the caller's to close
   */
  public OrderedPipeline(
      ExecutorService workers, int window, Iterator<I> inputs, Function<I, O> work) {
    this.workers = workers;
    this.window = window;
    this.inputs = inputs;
    this.work = work;
  }

  /**
   * The next result, waiting at most {@code wait} for it: an empty one where it is not ready yet,
   * so that the caller can do what is due meanwhile.
   */
  public Step<O> next(Duration wait) throws InterruptedException {
    while (inFlight.size() < window && inputs.hasNext()) {
      I input = inputs.next();
      Callable<O> task = () -> work.apply(input);
      inFlight.add(workers.submit(task));
    }
    Future<O> first = inFlight.peek();
    if (first == null) {
      return new Step<>(Optional.empty(), true);
    }
    try {
      O result = first.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      inFlight.remove();
      return new Step<>(Optional.of(result), false);
    } catch (TimeoutException notYet) {
      return new Step<>(Optional.empty(), false);
    } catch (ExecutionException failed) {
      cancel();
      throw rethrow(failed);
    }
  }

  /** Gives up everything taken and not yielded. */
  public void cancel() {
    inFlight.forEach(future -> future.cancel(true));
    inFlight.clear();
  }

  private static RuntimeException rethrow(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException("worker failed", failed);
    };
  }

  /** A result, or nothing yet, or the end. */
  public record Step<O>(Optional<O> result, boolean finished) {}
}
