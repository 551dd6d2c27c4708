package io.auriga.runtime.logging;

/** The form of a log line. */
public enum LogFormat {
  /** For a person: time, level, where, a sentence, {@code key=value} pairs. */
  TEXT,
  /** For a collector: one JSON object a line. */
  JSON
}
