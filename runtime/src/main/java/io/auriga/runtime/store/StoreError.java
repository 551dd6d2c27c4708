package io.auriga.runtime.store;

import io.auriga.types.ErrorCode;

/** Failures of the store. None of them loses what was committed before. */
public enum StoreError implements ErrorCode {
  BAD_URL(
      "AUR-STORE-BAD-URL",
      "The address of the store cannot be understood.",
      "Use sqlite:<folder> or postgresql://user@host:port/database, with the password in a file of"
          + " its own"),
  MISSING(
      "AUR-STORE-MISSING",
      "There is no store at the address yet.",
      "Check the folder or the database name, and start Auriga once so that it creates the store"),
  LOCKED(
      "AUR-STORE-LOCKED",
      "Another process holds the store, and only one may write to it.",
      "Stop the process that the message names, or give this one a store of its own"),
  BUSY(
      "AUR-STORE-BUSY",
      "The store had no turn for this work within the time allowed.",
      "Try again; if it stays, look for long queries or a slow disk"),
  TIMEOUT(
      "AUR-STORE-TIMEOUT",
      "A statement took longer than the time allowed and was stopped.",
      "Ask for a smaller range, or raise the query timeout of the store"),
  DISK_FULL(
      "AUR-STORE-DISK-FULL",
      "The disk that holds the store is full; the transaction was undone.",
      "Free space on that disk; Auriga carries on from the last committed block"),
  DISK_FAILED(
      "AUR-STORE-DISK-FAILED",
      "The disk that holds the store reported an error; the transaction was undone.",
      "Check the disk and the system's log before starting again"),
  CORRUPT(
      "AUR-STORE-CORRUPT",
      "The file of the store is damaged or is no database.",
      "Keep a copy of the folder, then restore a backup or let Auriga rebuild the store in an empty"
          + " folder"),
  NO_PERMISSION(
      "AUR-STORE-NO-PERMISSION",
      "This user may not open or write the store.",
      "Give the user that runs Auriga access to the folder, or to the database with its password"),
  UNREACHABLE(
      "AUR-STORE-UNREACHABLE",
      "The PostgreSQL server does not answer, or broke the connection.",
      "Check the server, its address and the network; a transaction that was under way is repeated"
          + " safely"),
  NEWER_VERSION(
      "AUR-STORE-NEWER-VERSION",
      "The store was written by a newer version of Auriga; nothing was touched.",
      "Run that version or a newer one, or give this version a store of its own"),
  OLDER_VERSION(
      "AUR-STORE-OLDER-VERSION",
      "The store was written by an older version of Auriga and this access may not migrate it.",
      "Start this version of Auriga once on the store: it migrates what is there"),
  OTHER_NETWORK(
      "AUR-STORE-OTHER-NETWORK",
      "The store holds data of another network; nothing was touched.",
      "Give each network a store of its own"),
  READ_ONLY(
      "AUR-STORE-READ-ONLY",
      "The store was opened for reading only.",
      "Open it for writing where it must change"),
  CONFLICT(
      "AUR-STORE-CONFLICT",
      "A row would break a rule of the schema; the transaction was undone.",
      "This is an error in Auriga: report it with the message"),
  FAILED(
      "AUR-STORE-FAILED",
      "The database refused a statement; the transaction was undone.",
      "Read the database's message; if it says nothing you can act on, report it");

  private final String code;
  private final String meaning;
  private final String remedy;

  StoreError(String code, String meaning, String remedy) {
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
