package io.auriga.chain.era;

/**
 * The types of records that era files are made of, as their two bytes are read in little-endian.
 */
final class RecordType {
  /** Begins a group; has no data. */
  static final int VERSION = 0x3265;

  /** A {@code SignedBeaconBlock} in SSZ, in framed Snappy. */
  static final int BLOCK = 0x0001;

  /** A {@code BeaconState}, likewise. */
  static final int STATE = 0x0002;

  /** A first slot, an offset for each slot from it on, and how many offsets there are. */
  static final int SLOT_INDEX = 0x3269;

  private RecordType() {}
}
