package io.auriga.sync.relay.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends a head and a body's pieces, in the framing that the head announces. */
public final class BodyWriter {
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;
  private final boolean chunked;
  private final ByteBuffer staged;
  private final ByteBuffer lineEnd = ByteBuffer.wrap(LINE_END);

  /**
   * @param staged the head, ready to be read; goes out with the first piece, and is then used for
   *     the sizes of chunks
   */
  public BodyWriter(Wire wire, boolean chunked, ByteBuffer staged) {
    this.wire = wire;
    this.chunked = chunked;
    this.staged = staged;
  }

  /** Sends one piece, which is not empty. */
  public void write(ByteBuffer piece) throws IOException {
    if (!chunked) {
      if (staged.hasRemaining()) {
        wire.send(staged, piece);
      } else {
        wire.send(piece);
      }
      return;
    }
    // Behind the head where that has not been sent yet.
    staged.compact();
    putHex(staged, piece.remaining());
    staged.put(LINE_END).flip();
    wire.send(staged, piece, lineEnd.rewind());
  }

  /** Sends what marks the end, and the head of a body without pieces. */
  public void end() throws IOException {
    if (chunked) {
      staged.compact();
      staged.put(LAST_CHUNK).flip();
    }
    if (staged.hasRemaining()) {
      wire.send(staged);
    }
  }

  private static void putHex(ByteBuffer target, int value) {
    int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(value)) / 4);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      target.put(HEX[value >>> shift & 0xf]);
    }
  }
}
