package io.auriga.runtime.store;

/**
 * Takes the rows of a bulk load, value by value in the order of the table's columns; the last value
 * of a row completes it.
 */
public interface BulkRows {
  BulkRows number(long value);

  BulkRows bytes(byte[] data, int offset, int length);

  default BulkRows bytes(byte[] data) {
    return bytes(data, 0, data.length);
  }

  BulkRows text(String value);

  /** A null. */
  BulkRows nothing();

  /** Gives all rows of a load, one after the other. */
  @FunctionalInterface
  interface Source {
    void give(BulkRows rows);
  }
}
