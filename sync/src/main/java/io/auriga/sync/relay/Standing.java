package io.auriga.sync.relay;

/** What is known of an execution client from its last answers, best first. */
enum Standing {
  /** It knew its last payload. */
  READY,
  /** Nothing was asked yet. */
  UNKNOWN,
  /** It answers, but does not know the chain's end. */
  SYNCING,
  /** It did not answer. */
  DOWN
}
