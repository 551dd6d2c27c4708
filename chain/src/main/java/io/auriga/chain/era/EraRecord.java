package io.auriga.chain.era;

/**
 * Where a record of an e2store file lies: eight bytes of header, then its data.
 *
 * @param type see {@link RecordType}; others are skipped
 * @param position where its header begins
 * @param length of its data; the format has 32 bits for it
 */
record EraRecord(int type, long position, long length) {
  static final int HEADER_LENGTH = 8;

  long dataPosition() {
    return position + HEADER_LENGTH;
  }

  long end() {
    return dataPosition() + length;
  }
}
