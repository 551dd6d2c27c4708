package io.auriga.sync.slot;

/**
 * What a pair said of itself while a slot lasted. All of it may be unknown, which accuses nobody.
 *
 * @param consensus of the consensus client
 * @param executionOffline its {@code el_offline}
 * @param optimistic it still had not had its head verified by the end
 * @param execution of the execution client's own answer to {@code eth_syncing}
 */
public record Condition(
    Side consensus, boolean executionOffline, boolean optimistic, Side execution) {
  /** Nobody looked. */
  public static final Condition UNKNOWN = new Condition(Side.UNKNOWN, false, false, Side.UNKNOWN);

  /** How one client was found. */
  public enum Side {
    UNKNOWN,
    READY,
    SYNCING,
    /** It did not answer, at any look. */
    OFFLINE
  }
}
