package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Frames;
import io.auriga.sync.relay.http.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a WebSocket pass in both directions, one thread each, byte for byte. Who refuses to read is
 * given some time, and ends the connection then; who is silent may be so forever.
 */
final class WebSocketSplice {
  private static final Duration STALL = Duration.ofSeconds(20);

  /** For the other direction, once one has ended. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** A close frame (RFC 6455, 7.4.1): policy violation. */
  private static final byte[] NOT_ALLOWED = {(byte) 0x88, 2, 0x03, (byte) 0xf0};

  private final Wire client;
  private final Wire execution;
  private final WebSocketCalls calls;
  private final RelayMetrics metrics;

  WebSocketSplice(Wire client, Wire execution, WebSocketCalls calls, RelayMetrics metrics) {
    this.client = client;
    this.execution = execution;
    this.calls = calls;
    this.metrics = metrics;
  }

  /** Returns when both directions have ended. */
  void run(ExecutorService threads) throws InterruptedException {
    client.timer().rest();
    execution.timer().rest();
    Future<?> back = threads.submit(() -> pump(execution, client, calls.answers(), false));
    pump(client, execution, calls.requests(), true);
    try {
      var _ = back.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      execution.abort();
      client.abort();
      awaitEnd(back);
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect.getCause());
    }
  }

  /** Its buffers are used again, so that it must be over. */
  private static void awaitEnd(Future<?> back) throws InterruptedException {
    try {
      var _ = back.get();
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect.getCause());
    }
  }

  private void pump(Wire from, Wire to, Frames frames, boolean judges) {
    boolean looking = true;
    try {
      for (ByteBuffer piece = from.piece(); piece != null; piece = from.piece()) {
        // Requests are looked at before they go on, since one may have to be stopped.
        int begin = piece.position();
        int end = piece.limit();
        if (judges && looking) {
          looking = show(frames, piece, begin, end);
          if (calls.refused()) {
            metrics.refused(RelayError.SECOND_WRITER);
            send(from, ByteBuffer.wrap(NOT_ALLOWED));
            from.endOutput();
            to.abort();
            return;
          }
        }
        send(to, piece);
        if (!judges && looking) {
          looking = show(frames, piece, begin, end);
        }
      }
      to.endOutput();
    } catch (IOException broken) {
      if (!calls.refused()) {
        from.abort();
        to.abort();
      }
    }
  }

  private static void send(Wire to, ByteBuffer piece) throws IOException {
    to.timer().limit(STALL);
    to.send(piece);
    to.timer().rest();
  }

  private boolean show(Frames frames, ByteBuffer piece, int from, int to) {
    try {
      frames.feed(piece, from, to);
      return true;
    } catch (RuntimeException defect) {
      metrics.lost("scan-failed", defect);
      return false;
    }
  }
}
