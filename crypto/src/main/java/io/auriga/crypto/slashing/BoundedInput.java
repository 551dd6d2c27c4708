package io.auriga.crypto.slashing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document that ends with a complaint beyond its bound, and not as if that were its end. */
final class BoundedInput extends FilterInputStream {
  private long read;

  BoundedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int more = super.read(buffer, offset, length);
    read += Math.max(0, more);
    if (read > InterchangeJson.BYTES_MAX) {
      throw InterchangeJson.tooLarge();
    }
    return more;
  }
}
