package io.auriga.app.web.page;

import io.auriga.types.AurigaException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A page never waits long for a node, and says why it shows nothing. */
final class Patience {
  /** A person waits this long for a page; a node that needs longer leaves its part empty. */
  private static final long MILLIS = 1_500;

  private Patience() {}

  /**
   * What came, or why nothing did.
   *
   * @param problem empty text where there is an answer
   */
  record Found<T>(Optional<T> answer, String problem) {}

  static <T> Found<T> ask(Callable<T> question) {
    FutureTask<T> asked = new FutureTask<>(question);
    Thread.ofVirtual().name("auriga-page-prediction").start(asked);
    try {
      return new Found<>(Optional.of(asked.get(MILLIS, TimeUnit.MILLISECONDS)), "");
    } catch (TimeoutException slow) {
      asked.cancel(true);
      return new Found<>(
          Optional.empty(), "The beacon node takes long to answer; the next look may have it.");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AurigaException why) {
        return new Found<>(Optional.empty(), why.getMessage() + ". " + why.remedy() + ".");
      }
      throw new IllegalStateException("a prediction failed", failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return new Found<>(Optional.empty(), "Auriga is closing.");
    }
  }
}
