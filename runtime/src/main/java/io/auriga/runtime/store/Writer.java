package io.auriga.runtime.store;

/**
 * The two that may write to a store at the same time, one process each: what they write never
 * clashes, and they take turns with their transactions.
 */
enum Writer {
  /** Whoever follows, judges and serves. */
  MAIN("auriga.lock", 0x41555257, "writes it"),

  /** Whoever loads much beside it. */
  LOADER("auriga-load.lock", 0x4155524c, "loads into it");

  /** The lock in a folder. */
  final String file;

  /** The lock in PostgreSQL: "AURW" and "AURL" in ASCII. */
  final long number;

  private final String deed;

  Writer(String file, long number, String deed) {
    this.file = file;
    this.number = number;
    this.deed = deed;
  }

  static Writer of(StoreConfig config) {
    return config.bulkLoads() ? LOADER : MAIN;
  }

  Writer other() {
    return this == MAIN ? LOADER : MAIN;
  }

  /** What it does, for whoever is refused. */
  String deed() {
    return deed;
  }
}
