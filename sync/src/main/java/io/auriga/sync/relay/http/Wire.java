package io.auriga.sync.relay.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: a channel in blocking mode and the bytes that were read from it and not
 * yet used. Used by one thread at a time; closing it from another ends what that one waits for.
 */
public final class Wire implements AutoCloseable {
  /** What one read takes at most, and one piece of a body is at most. */
  public static final int BUFFER_BYTES = 64 << 10;

  private final SocketChannel channel;
  private final Timer timer;
  private final ByteBuffer buffer;
  private long received;
  private long sent;

  /**
   * @param timer is told of every step forward
   * @param buffer of {@value #BUFFER_BYTES}, ours until this is closed
   */
  public Wire(SocketChannel channel, Timer timer, ByteBuffer buffer) {
    this.channel = channel;
    this.timer = timer;
    this.buffer = buffer.clear().limit(0);
  }

  /** Waits for at least one unused byte; false at the end of what the peer sends. */
  public boolean await() throws IOException {
    return buffer.hasRemaining() || fill();
  }

  /** Reads more; false at the end. What is unused moves to the front where there is no room. */
  boolean fill() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear().limit(0);
    } else if (buffer.limit() == buffer.capacity()) {
      buffer.compact().flip();
    }
    int from = buffer.position();
    int to = buffer.limit();
    buffer.limit(buffer.capacity()).position(to);
    try {
      int count = channel.read(buffer);
      timer.progress();
      if (count < 0) {
        return false;
      }
      received += count;
      to = buffer.position();
      return true;
    } finally {
      buffer.limit(to).position(from);
    }
  }

  /** All unused bytes, at least one; null at the end. They hold until the next call. */
  public @Nullable ByteBuffer piece() throws IOException {
    if (!await()) {
      return null;
    }
    ByteBuffer piece = buffer.duplicate();
    buffer.position(buffer.limit());
    return piece;
  }

  /** Lets the peer see an end, and reads on. */
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** The unused bytes. Whoever uses some moves the position. */
  ByteBuffer unused() {
    return buffer;
  }

  /** The next byte, which must come. */
  byte next() throws IOException {
    if (!await()) {
      throw new EOFException("the connection ended");
    }
    return buffer.get();
  }

  /** Sends all that the buffers hold. */
  public void send(ByteBuffer... pieces) throws IOException {
    long left = 0;
    for (ByteBuffer piece : pieces) {
      left += piece.remaining();
    }
    sent += left;
    while (left > 0) {
      left -= pieces.length == 1 ? channel.write(pieces[0]) : channel.write(pieces);
      timer.progress();
    }
  }

  /**
   * Whether an idle connection is still good: nothing came, and no end.
   *
   * <p>An answer that nobody asked for makes it as useless as an end.
   */
  public boolean isQuiet() {
    if (buffer.hasRemaining() || !channel.isOpen()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(buffer.clear()) == 0;
      } finally {
        channel.configureBlocking(true);
        buffer.clear().limit(0);
      }
    } catch (IOException broken) {
      return false;
    }
  }

  /** Bytes that came, and that were sent, since the connection began. */
  public long received() {
    return received;
  }

  public long sent() {
    return sent;
  }

  public Timer timer() {
    return timer;
  }

  /** For giving it back once the connection is closed and no thread uses it. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Reads and discards for a moment what the peer still sends, so that it can read our answer. */
  public void finish(int bytesMax) {
    try {
      channel.shutdownOutput();
      int left = bytesMax;
      buffer.clear().limit(0);
      while (left > 0 && fill()) {
        left -= buffer.remaining();
        buffer.position(buffer.limit());
      }
    } catch (IOException gone) {
      // The peer left by itself, which is just as well.
    }
  }

  /** Ends the connection so that the peer sees that something was cut off. */
  public void abort() {
    try {
      channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | UnsupportedOperationException closed) {
      // Then there is nothing left to cut.
    }
    close();
  }

  @Override
  public void close() {
    timer.stop();
    try {
      channel.close();
    } catch (IOException broken) {
      // Closing a broken connection is all that was wanted.
    }
  }
}
