package io.auriga.runtime.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows into PostgreSQL by {@code COPY} in its binary form. */
final class PostgresCopy extends BulkSink {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int NULL_LENGTH = -1;
  private static final short END = -1;

  /** The largest value is much smaller: addresses, roots, names. */
  private static final int BUFFER = 1 << 16;

  private final CopyIn copy;
  private final Database database;
  private final short columns;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  PostgresCopy(Connection connection, BulkTable table, Database database) throws SQLException {
    super(table);
    this.database = database;
    this.columns = (short) table.columns().size();
    this.copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                    .formatted(table.name(), table.columnNames()));
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  @Override
  public BulkRows number(long value) {
    beginRow();
    if (next(BulkTable.Type.BIGINT).type() == BulkTable.Type.INTEGER) {
      room(Integer.BYTES).putInt(Integer.BYTES).putInt(Math.toIntExact(value));
    } else {
      room(Long.BYTES).putInt(Long.BYTES).putLong(value);
    }
    return endValue();
  }

  @Override
  public BulkRows bytes(byte[] data, int offset, int length) {
    beginRow();
    var _ = next(BulkTable.Type.BYTES);
    room(length).putInt(length).put(data, offset, length);
    return endValue();
  }

  @Override
  public BulkRows text(String value) {
    beginRow();
    var _ = next(BulkTable.Type.TEXT);
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(utf8.length).putInt(utf8.length).put(utf8);
    return endValue();
  }

  @Override
  public BulkRows nothing() {
    beginRow();
    skip();
    room(0).putInt(NULL_LENGTH);
    return endValue();
  }

  private void beginRow() {
    if (place() == 0) {
      room(Short.BYTES).putShort(columns);
    }
  }

  private BulkRows endValue() {
    var _ = rowIsWhole();
    return this;
  }

  /** The buffer, with room for a length and a value of {@code bytes}. */
  private ByteBuffer room(int bytes) {
    int needed = Integer.BYTES + bytes;
    if (buffer.remaining() < needed) {
      if (needed > buffer.capacity()) {
        throw new IllegalArgumentException("A value of " + bytes + " bytes is too large to load");
      }
      send();
    }
    return buffer;
  }

  private void send() {
    try {
      copy.writeToCopy(buffer.array(), 0, buffer.position());
    } catch (SQLException failure) {
      throw database.failure("load rows", failure);
    }
    buffer.clear();
  }

  @Override
  void finish() throws SQLException {
    room(Short.BYTES).putShort(END);
    send();
    copy.endCopy();
  }

  @Override
  void abandon() {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException broken) {
      // The transaction is undone in any case, and the failure that led here is the one to report.
    }
  }
}
