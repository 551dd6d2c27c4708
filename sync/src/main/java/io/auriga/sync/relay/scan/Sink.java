package io.auriga.sync.relay.scan;

/** What a {@link JsonScanner} tells while it reads. */
interface Sink {
  /** A string, number or literal. {@code text} holds until this returns. */
  void value(Field field, Captured text);

  /** An object or an array opens. */
  void begins(Field field);

  /** An object or an array stands where something of another form is wanted, and is skipped. */
  void skips(Field field);

  /** What began closes. */
  void ends(Field field);
}
