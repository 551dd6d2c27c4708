package io.auriga.clients.http;

import io.auriga.clients.http.StreamedBody.Next;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A body as a stream, of so many bytes at the most and until a moment at the latest: for answers
 * that are too long to be held, and of which little is kept.
 */
public final class BoundedStream extends InputStream {
  private final StreamedBody body;
  private final long bytesMax;
  private final Duration time;
  private final long deadline;
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private long bytes;
  private boolean ended;

  /**
   * @param time for the whole answer, for messages
   * @param deadline by {@link System#nanoTime}
   */
  public BoundedStream(StreamedBody body, long bytesMax, Duration time, long deadline) {
    this.body = body;
    this.bytesMax = bytesMax;
    this.time = time;
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (buffers.isEmpty() && !ended) {
      fetch();
    }
    ByteBuffer first = buffers.peek();
    if (first == null) {
      return -1;
    }
    int count = Math.min(length, first.remaining());
    first.get(target, offset, count);
    if (!first.hasRemaining()) {
      buffers.remove();
    }
    return count;
  }

  private void fetch() throws IOException {
    try {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      switch (body.next(left)) {
        case Next.Bytes(var came) -> {
          for (ByteBuffer buffer : came) {
            bytes += buffer.remaining();
            if (buffer.hasRemaining()) {
              buffers.add(buffer);
            }
          }
          if (bytes > bytesMax) {
            throw new IOException("the answer is larger than " + bytesMax + " bytes");
          }
        }
        case Next.Silence() ->
            throw new IOException(
                "the whole answer did not come within " + time.toSeconds() + " s");
        case Next.End() -> ended = true;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the process is stopping");
    }
  }

  @Override
  public void close() {
    body.close();
  }
}
