package io.auriga.chain.era;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Appends records to a file and knows where it is. */
final class RecordOutput extends OutputStream {
  private static final int BUFFER = 1 << 18;

  private final FileChannel channel;
  private final OutputStream out;
  private long position;

  RecordOutput(FileChannel channel) {
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /** Where the next byte goes. */
  long position() {
    return position;
  }

  /** Writes the data of a record, whose length need not be known before. */
  @FunctionalInterface
  interface Data {
    void writeTo(OutputStream out) throws IOException;
  }

  void record(int type, byte[] data) throws IOException {
    write(header(type, data.length));
    write(data);
  }

  void record(int type, Data data) throws IOException {
    long begin = position;
    write(header(type, 0));
    data.writeTo(this);
    flush();
    ByteBuffer header = ByteBuffer.wrap(header(type, position - begin - EraRecord.HEADER_LENGTH));
    while (header.hasRemaining()) {
      channel.write(header, begin + header.position());
    }
  }

  private static byte[] header(int type, long length) throws IOException {
    if (length > 0xffff_ffffL) {
      throw new IOException("a record of " + length + " bytes is more than the format can hold");
    }
    return ByteBuffer.allocate(EraRecord.HEADER_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) type)
        .putInt((int) length)
        .array();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
