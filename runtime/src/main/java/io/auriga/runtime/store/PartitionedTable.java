package io.auriga.runtime.store;

/**
 * A table that PostgreSQL keeps in parts by ranges of a number, so that the indices of a part stay
 * small however long the table grows. In SQLite it is a plain table.
 *
 * @param name as in the schema
 * @param width how many numbers one part covers; the first part begins at 0
 */
public record PartitionedTable(String name, long width) {
  public PartitionedTable {
    if (width <= 0) {
      throw new IllegalArgumentException("A part of " + name + " covers nothing: " + width);
    }
  }

  /** The part that holds the rows of {@code key}, which is not negative. */
  long part(long key) {
    if (key < 0) {
      throw new IllegalArgumentException("No part of " + name + " holds " + key);
    }
    return key / width;
  }

  String partName(long part) {
    return name + "_p" + part;
  }
}
