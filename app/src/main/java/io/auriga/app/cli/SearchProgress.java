package io.auriga.app.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Says now and then how far the search for the validators of addresses is. */
final class SearchProgress implements LongConsumer {
  /** A user who waits longer than this wants to know that something happens. */
  private static final long SILENCE_NANOS = 2_000_000_000L;

  private final PrintWriter err;
  private long said = System.nanoTime();

  SearchProgress(PrintWriter err) {
    this.err = err;
  }

  /** How many there are is known only at the end: so no time left. */
  @Override
  public void accept(long searched) {
    long now = System.nanoTime();
    if (now - said >= SILENCE_NANOS) {
      said = now;
      err.println("%d validators looked at for the addresses …".formatted(searched));
    }
  }
}
