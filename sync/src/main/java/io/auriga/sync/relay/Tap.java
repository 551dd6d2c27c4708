package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.MalformedHttpException;
import io.auriga.sync.relay.scan.Gunzip;
import io.auriga.sync.relay.scan.Scanner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a scanner a body as it passes. Whatever breaks in here ends the looking and nothing else:
 * this is Auriga's own part, and the call is the client's.
 */
final class Tap implements AutoCloseable {
  private final @Nullable Scanner scanner;
  private final RelayMetrics metrics;
  private boolean broken;

  private Tap(@Nullable Scanner scanner, RelayMetrics metrics) {
    this.scanner = scanner;
    this.metrics = metrics;
  }

  /** By the coding that the head names; what has another than gzip is not looked into. */
  static Tap of(Head head, Scanner plain, RelayMetrics metrics) {
    try {
      Optional<String> coding = head.single("content-encoding");
      if (coding.isEmpty() || coding.get().equalsIgnoreCase("identity")) {
        return new Tap(plain, metrics);
      }
      return new Tap(coding.get().equalsIgnoreCase("gzip") ? new Gunzip(plain) : null, metrics);
    } catch (MalformedHttpException several) {
      return new Tap(null, metrics);
    }
  }

  /** Shows what lies between a buffer's position and its limit, and moves neither. */
  void show(ByteBuffer piece) {
    show(piece, piece.position(), piece.limit());
  }

  void show(ByteBuffer piece, int from, int to) {
    if (scanner == null || broken) {
      return;
    }
    try {
      scanner.feed(piece, from, to);
    } catch (RuntimeException | StackOverflowError defect) {
      fail(defect);
    }
  }

  void end() {
    if (scanner == null || broken) {
      return;
    }
    try {
      scanner.end();
    } catch (RuntimeException defect) {
      fail(defect);
    }
  }

  /** What a scanner has read; {@code none} if it breaks on that. */
  <T> T read(Supplier<T> facts, T none) {
    try {
      return facts.get();
    } catch (RuntimeException defect) {
      fail(defect);
      return none;
    }
  }

  private void fail(Throwable defect) {
    broken = true;
    metrics.lost("scan-failed", defect);
  }

  @Override
  public void close() {
    if (scanner instanceof Gunzip gunzip) {
      gunzip.close();
    }
  }
}
