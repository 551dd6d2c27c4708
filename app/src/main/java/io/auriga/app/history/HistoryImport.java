package io.auriga.app.history;

import io.auriga.clients.NodeException;
import io.auriga.runtime.store.StoreException;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.HistoryOutcome;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Does pieces of work side by side. Reading and verifying run in parallel; the store takes one load
 * at a time. What was done when an import ends, however it ends, stays done.
 */
public final class HistoryImport {
  private final int parallel;
  private final Consumer<ImportResult> results;

  /**
   * @param parallel how many pieces are in memory, and worked on, at once
   * @param results hears of each piece as it is done, on the thread of the caller of {@link #run}
   */
  public HistoryImport(int parallel, Consumer<ImportResult> results) {
    this.parallel = parallel;
    this.results = results;
  }

  /** A file, or a range of slots. */
  public interface Work {
    /** For a person. */
    String source();

    /**
     * Reads it, verifies it and loads what is new.
     *
     * @throws AurigaException why it is passed over
     */
    HistoryOutcome load() throws InterruptedException;
  }

  /**
   * Does all of the work.
   *
   * @throws AurigaException where the store or a node failed; the pieces before it are loaded
   */
  public void run(List<? extends Work> pieces) throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            parallel, Thread.ofPlatform().name("auriga-import-", 0).daemon().factory());
    try {
      CompletionService<ImportResult> done = new ExecutorCompletionService<>(workers);
      pieces.forEach(piece -> done.submit(() -> result(piece)));
      for (int i = 0; i < pieces.size(); i++) {
        results.accept(done.take().get());
      }
    } catch (ExecutionException failed) {
      throw cause(failed);
    } finally {
      workers.shutdownNow();
      workers.close();
    }
  }

  private static ImportResult result(Work piece) throws InterruptedException {
    try {
      return ImportResult.of(piece.source(), piece.load());
    } catch (StoreException | NodeException failed) {
      throw failed;
    } catch (AurigaException unusable) {
      return ImportResult.passedOver(piece.source(), unusable);
    }
  }

  private static RuntimeException cause(ExecutionException failed) throws InterruptedException {
    return switch (failed.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case InterruptedException cause -> throw cause;
      case null, default -> new IllegalStateException("an import failed", failed);
    };
  }
}
