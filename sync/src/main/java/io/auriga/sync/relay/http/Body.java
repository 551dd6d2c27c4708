package io.auriga.sync.relay.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is read from a wire piece by piece, without its framing. */
public final class Body {
  /** Enough for bodies beyond any bound. */
  private static final int SIZE_DIGITS_MAX = 12;

  private static final int TRAILER_BYTES_MAX = 8 << 10;

  private final Wire wire;
  private final Framing framing;
  private final long bytesMax;
  private final ByteBuffer piece;
  private long left;
  private long passed;
  private boolean first = true;
  private boolean ended;

  /**
   * @param bytesMax more are refused
   */
  public Body(Wire wire, Framing framing, long bytesMax) {
    this.wire = wire;
    this.framing = framing;
    this.bytesMax = bytesMax;
    this.piece = wire.unused().duplicate();
    this.left = framing.length();
    this.ended = framing.kind() == Framing.Kind.FIXED && framing.length() == 0;
  }

  /**
   * The next piece, of at most {@code max} bytes, which holds until the next call; null after the
   * last one.
   *
   * @throws EOFException if the peer ends within the body
   */
  public @Nullable ByteBuffer next(int max) throws IOException {
    if (ended) {
      return null;
    }
    if (framing.kind() == Framing.Kind.CHUNKED && left == 0 && !nextChunk()) {
      ended = true;
      return null;
    }
    if (!wire.await()) {
      if (framing.kind() == Framing.Kind.TO_THE_END) {
        ended = true;
        return null;
      }
      throw new EOFException("the connection ended within a body");
    }
    ByteBuffer unused = wire.unused();
    int count = Math.min(unused.remaining(), max);
    if (framing.kind() != Framing.Kind.TO_THE_END) {
      count = (int) Math.min(count, left);
      left -= count;
      ended = left == 0 && framing.kind() == Framing.Kind.FIXED;
    }
    passed += count;
    if (passed > bytesMax) {
      throw new MalformedHttpException(413, "a body of more than " + bytesMax + " bytes");
    }
    piece.limit(unused.position() + count).position(unused.position());
    unused.position(unused.position() + count);
    return piece;
  }

  /** Whether the last piece has been given; a chunked body shows it only at the next call. */
  public boolean ended() {
    return ended;
  }

  /** Bytes given so far. */
  public long passed() {
    return passed;
  }

  /** Reads the size of the next chunk; false if it was the last. */
  private boolean nextChunk() throws IOException {
    if (!first) {
      requireLineEnd(wire.next());
    }
    first = false;
    long size = 0;
    int digits = 0;
    byte c = wire.next();
    for (; Character.digit(c, 16) >= 0; c = wire.next()) {
      if (++digits > SIZE_DIGITS_MAX) {
        throw new MalformedHttpException("a chunk of a size that no chunk has");
      }
      size = size << 4 | Character.digit(c, 16);
    }
    if (digits == 0) {
      throw new MalformedHttpException("a chunk without a size");
    }
    // An extension would end here too; nobody sends one, and not all take its end for the same.
    requireLineEnd(c);
    left = size;
    if (size == 0) {
      skipTrailer();
      return false;
    }
    return true;
  }

  private void requireLineEnd(byte c) throws IOException {
    if (c != '\r' || wire.next() != '\n') {
      throw new MalformedHttpException("a chunk that does not end where it should");
    }
  }

  /** Lines after the last chunk, which are not passed on. */
  private void skipTrailer() throws IOException {
    int length = 0;
    for (int taken = 0; taken < TRAILER_BYTES_MAX; taken++) {
      byte c = wire.next();
      if (c == '\r') {
        requireLineEnd(c);
        if (length == 0) {
          return;
        }
        length = 0;
      } else if (c >= 0 && c < ' ' && c != '\t') {
        throw new MalformedHttpException("a control character after the last chunk");
      } else {
        length++;
      }
    }
    throw new MalformedHttpException(431, "too much after the last chunk");
  }
}
