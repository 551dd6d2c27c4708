package io.auriga.sync.relay.http;

import java.nio.ByteBuffer;

/**
 * Follows the frames of one direction of a WebSocket (RFC 6455, 5.2) as they pass, and shows what
 * messages hold. What is no frame ends the looking; the bytes pass all the same.
 */
public final class Frames {
  /** What is told of the messages. */
  public interface Listener {
    /** A message begins. */
    void begins();

    /** A part of it, unmasked. */
    void part(ByteBuffer bytes, int from, int to);

    /** It is over. */
    void ends();
  }

  private static final int SCRATCH = 8 << 10;
  private static final int CONTROL = 8;
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int MASK_BYTES = 4;

  private enum Part {
    FIRST,
    SECOND,
    LENGTH,
    MASK,
    PAYLOAD,
    LOST
  }

  private final Listener listener;
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);
  private final byte[] mask = new byte[MASK_BYTES];
  private Part part = Part.FIRST;
  private int first;
  private boolean masked;
  private int lengthBytes;
  private long left;
  private int taken;
  private long position;
  private boolean within;

  public Frames(Listener listener) {
    this.listener = listener;
  }

  /** The bytes from {@code from} to {@code to}, whatever the buffer's position. */
  public void feed(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at < to && part != Part.LOST) {
      if (part == Part.PAYLOAD) {
        int count = (int) Math.min(to - at, left);
        payload(bytes, at, at + count);
        at += count;
      } else {
        head(bytes.get(at++) & 0xff);
      }
    }
  }

  private void head(int value) {
    switch (part) {
      case FIRST -> {
        first = value;
        // We let no extension be agreed on, so that these bits mean nothing.
        part = (value & RESERVED) == 0 ? Part.SECOND : Part.LOST;
      }
      case SECOND -> {
        masked = (value & MASKED) != 0;
        left = value & LENGTH;
        lengthBytes = left == 126 ? 2 : left == 127 ? 8 : 0;
        taken = 0;
        if (lengthBytes > 0) {
          left = 0;
          part = Part.LENGTH;
        } else {
          afterLength();
        }
      }
      case LENGTH -> {
        left = left << 8 | value;
        if (++taken == lengthBytes) {
          afterLength();
        }
      }
      case MASK -> {
        mask[taken] = (byte) value;
        if (++taken == MASK_BYTES) {
          payloadBegins();
        }
      }
      default -> throw new IllegalStateException("no head in " + part);
    }
  }

  private void afterLength() {
    taken = 0;
    if (left < 0) {
      part = Part.LOST;
    } else if (masked) {
      part = Part.MASK;
    } else {
      payloadBegins();
    }
  }

  private void payloadBegins() {
    position = 0;
    int opcode = first & OPCODE;
    if (opcode == 1 || opcode == 2) {
      within = true;
      listener.begins();
    }
    part = Part.PAYLOAD;
    if (left == 0) {
      frameEnds();
    }
  }

  private void payload(ByteBuffer bytes, int from, int to) {
    boolean data = (first & OPCODE) < CONTROL && within;
    if (data && !masked) {
      listener.part(bytes, from, to);
    } else if (data) {
      unmask(bytes, from, to);
    }
    position += to - from;
    left -= to - from;
    if (left == 0) {
      frameEnds();
    }
  }

  private void unmask(ByteBuffer bytes, int from, int to) {
    for (int at = from; at < to; at += SCRATCH) {
      int count = Math.min(SCRATCH, to - at);
      for (int i = 0; i < count; i++) {
        int place = (int) ((position + at - from + i) % MASK_BYTES);
        scratch.put(i, (byte) (bytes.get(at + i) ^ mask[place]));
      }
      listener.part(scratch, 0, count);
    }
  }

  private void frameEnds() {
    part = Part.FIRST;
    if ((first & OPCODE) < CONTROL && (first & FIN) != 0 && within) {
      within = false;
      listener.ends();
    }
  }
}
