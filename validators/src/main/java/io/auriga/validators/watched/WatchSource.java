package io.auriga.validators.watched;

import io.auriga.types.AurigaException;

/** Where the list of those who are watched comes from: a configuration and its files. */
public interface WatchSource {
  /**
   * Changes whenever what {@link #read} gives may have changed; quick, and never fails. Equal twice
   * in a row means that nobody is writing.
   */
  String fingerprint();

  /**
   * Reads and checks the list.
   *
   * @throws AurigaException naming the place that is wrong
   */
  WatchList read();
}
