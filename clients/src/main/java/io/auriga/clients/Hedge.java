package io.auriga.clients;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Asks several nodes the same, one after another until the caller has what it wants, and does not
 * wait for one alone that is slower than it usually is: after the time within which 95 of a hundred
 * of its last answers came, the next node is asked as well, and whoever answers first is heard
 * first. Only for questions to which every honest node gives the same answer. One object for one
 * kind of question, shared by any number of threads.
 *
 * <p>At most one question in ten is asked twice, after ten at first: nodes that are slow because
 * they are busy must not get twice the load.
 */
public final class Hedge {
  private static final double SHARE = 0.1;
  private static final double SAVED_MAX = 10;

  /** A node of the same machine answers within this; nothing is won by asking another. */
  private static final long PATIENCE_MIN = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<Latencies> latencies;
  private final LongAdder asked = new LongAdder();
  private final LongAdder won = new LongAdder();
  private double saved = SAVED_MAX; // guarded by this

  /**
   * @param nodes how many there are
   */
  public Hedge(int nodes) {
    this.latencies = IntStream.range(0, nodes).mapToObj(_ -> new Latencies()).toList();
  }

  /**
   * The nodes' answers, one by one, as the caller takes them; close it to call off what is still
   * being asked.
   *
   * @param order the positions of the nodes, in the order in which to ask them
   * @param question asks the node of a position; run on the caller's thread or on another one, and
   *     interrupted when its answer is no longer wanted
   */
  public <T> Answers<T> ask(List<Integer> order, IntFunction<T> question) {
    earn();
    return new Answers<>(this, true, order, question);
  }

  /** The same, one node after another and all on the caller's thread. */
  <T> Answers<T> inTurn(List<Integer> order, IntFunction<T> question) {
    return new Answers<>(this, false, order, question);
  }

  /** The same, in the order of the nodes. */
  public <T> Answers<T> ask(IntFunction<T> question) {
    return ask(IntStream.range(0, latencies.size()).boxed().toList(), question);
  }

  /** How often another node was asked because one was slow. */
  public long asked() {
    return asked.sum();
  }

  /** How often the other one answered first. */
  public long won() {
    return won.sum();
  }

  /** How long to wait for a node alone, in nanoseconds; empty if that is not known yet. */
  OptionalLong patience(int position) {
    OptionalLong p95 = latencies.get(position).p95();
    return p95.isPresent()
        ? OptionalLong.of(Math.max(PATIENCE_MIN, p95.getAsLong()))
        : OptionalLong.empty();
  }

  /** A node answered, or was called off after so long. */
  void took(int position, long nanos) {
    latencies.get(position).add(nanos);
  }

  private synchronized void earn() {
    saved = Math.min(SAVED_MAX, saved + SHARE);
  }

  /** Whether one more may be asked now. */
  synchronized boolean spend() {
    if (saved < 1) {
      return false;
    }
    saved--;
    asked.increment();
    return true;
  }

  void otherWasFirst() {
    won.increment();
  }
}
