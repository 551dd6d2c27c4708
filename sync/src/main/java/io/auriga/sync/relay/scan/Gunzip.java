package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Shows a scanner what a gzip body holds. The body itself passes untouched; where it is no gzip
 * after all, or holds more than anybody sends, nothing more is shown.
 */
public final class Gunzip implements Scanner, AutoCloseable {
  private static final int PIECE = 8 << 10;

  /** Far above any body of the Engine API: what inflates to more is an attack. */
  private static final long PLAIN_BYTES_MAX = 256L << 20;

  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CHECK = 2;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA_BYTES,
    NAME,
    COMMENT,
    HEADER_CHECK,
    DATA,
    OVER
  }

  private final Scanner plain;
  private final Inflater inflater = new Inflater(true);
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
  private Part part = Part.FIXED;
  private int taken;
  private int flags;
  private int extra;
  private long shown;

  public Gunzip(Scanner plain) {
    this.plain = plain;
  }

  @Override
  public void feed(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at < to && part != Part.DATA && part != Part.OVER) {
      header(bytes.get(at++) & 0xff);
    }
    if (part == Part.DATA && at < to) {
      inflate(bytes.duplicate().limit(to).position(at));
    }
  }

  /** One byte of the header (RFC 1952, 2.3). */
  private void header(int value) {
    switch (part) {
      case FIXED -> {
        boolean wrong =
            (taken == 0 && value != 0x1f)
                || (taken == 1 && value != 0x8b)
                || (taken == 2 && value != 8);
        if (taken == 3) {
          flags = value;
        }
        if (wrong) {
          part = Part.OVER;
        } else if (++taken == 10) {
          after(Part.FIXED);
        }
      }
      case EXTRA_LENGTH -> {
        extra |= value << (8 * taken++);
        if (taken == 2) {
          taken = 0;
          part = Part.EXTRA_BYTES;
          if (extra == 0) {
            after(Part.EXTRA_BYTES);
          }
        }
      }
      case EXTRA_BYTES -> {
        if (++taken == extra) {
          after(Part.EXTRA_BYTES);
        }
      }
      case NAME, COMMENT -> {
        if (value == 0) {
          after(part);
        }
      }
      case HEADER_CHECK -> {
        if (++taken == 2) {
          after(Part.HEADER_CHECK);
        }
      }
      default -> throw new IllegalStateException("no header in " + part);
    }
  }

  /** The parts come in this order, each only where its flag is set. */
  private void after(Part done) {
    taken = 0;
    if (done.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & EXTRA) != 0) {
      part = Part.EXTRA_LENGTH;
    } else if (done.compareTo(Part.NAME) < 0 && (flags & NAME) != 0) {
      part = Part.NAME;
    } else if (done.compareTo(Part.COMMENT) < 0 && (flags & COMMENT) != 0) {
      part = Part.COMMENT;
    } else if (done.compareTo(Part.HEADER_CHECK) < 0 && (flags & HEADER_CHECK) != 0) {
      part = Part.HEADER_CHECK;
    } else {
      part = Part.DATA;
    }
  }

  private void inflate(ByteBuffer packed) {
    inflater.setInput(packed);
    try {
      while (true) {
        piece.clear();
        int count = inflater.inflate(piece);
        shown += count;
        if (count > 0) {
          plain.feed(piece, 0, count);
        }
        if (inflater.finished() || shown > PLAIN_BYTES_MAX) {
          part = Part.OVER;
          return;
        }
        if (count == 0) {
          return;
        }
      }
    } catch (DataFormatException noGzip) {
      part = Part.OVER;
    }
  }

  @Override
  public void end() {
    plain.end();
  }

  /** Gives the native memory back. */
  @Override
  public void close() {
    inflater.end();
  }
}
