package io.auriga.clients.consensus;

/** What a node said of rewards, or why it does not know them: that is never a reward of zero. */
public sealed interface RewardsAnswer<T> {
  /** As the node computed it. */
  record Known<T>(StateAnswer<T> answer) implements RewardsAnswer<T> {
    public T data() {
      return answer.data();
    }
  }

  /**
   * The node does not serve the route, or has no longer, or not yet, the state that it takes.
   *
   * @param reason with the node's own words
   */
  record Unavailable<T>(String reason) implements RewardsAnswer<T> {}
}
