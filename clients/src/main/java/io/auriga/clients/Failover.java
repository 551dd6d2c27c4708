package io.auriga.clients;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks several nodes in order until one answers. Remembers who failed lately and tries them last,
 * so that a dead first node does not delay every question. Shared by any number of threads.
 */
public final class Failover<N> {
  /** Longer than a breaker's pause, shorter than three slots. */
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private final List<N> nodes;
  private final Function<N, String> name;
  private final InstantSource time;
  private final Hedge hedge;
  // Guarded by this: when each node failed last, and who goes first among the healthy.
  private final @Nullable Instant[] failedAt;
  private int preferred;

  public Failover(List<N> nodes, Function<N, String> name, InstantSource time) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no nodes");
    }
    this.nodes = List.copyOf(nodes);
    this.name = name;
    this.time = time;
    this.hedge = new Hedge(nodes.size());
    this.failedAt = new @Nullable Instant[nodes.size()];
  }

  public List<N> nodes() {
    return nodes;
  }

  /** All names, for messages. */
  public String name() {
    return nodes.stream().map(name).collect(Collectors.joining(", "));
  }

  /** Lets the node of this position go first as long as it is healthy. */
  public synchronized void prefer(int position) {
    preferred = position;
  }

  /** The positions in the order in which they are to be asked now. */
  public synchronized List<Integer> order() {
    Instant forgotten = time.instant().minus(MEMORY);
    return IntStream.range(0, nodes.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> isAiling(i, forgotten))
                .thenComparing(i -> i != preferred))
        .toList();
  }

  private boolean isAiling(int position, Instant forgotten) {
    Instant failed = failedAt[position];
    return failed != null && failed.isAfter(forgotten);
  }

  /**
   * The first answer.
   *
   * @param asked what is asked, as in "read block 12"
   * @throws NodeException of the only node, or {@code AUR-CLIENT-ALL-NODES-FAILED} listing each
   */
  public <T> T ask(String asked, Function<N, T> question) {
    List<NodeException> failures = new ArrayList<>();
    for (int position : order()) {
      try {
        return ask(position, question);
      } catch (NodeException failed) {
        if (failed.error() == ClientError.INTERRUPTED || failed.error() == ClientError.CLOSED) {
          throw failed;
        }
        failures.add(failed);
      }
    }
    throw allFailed(asked, failures);
  }

  /**
   * The first present answer, for what one node may have and another not. Empty if some answered
   * and none had it.
   *
   * @throws NodeException if none answered, as {@link #ask(String, Function)}
   */
  public <T> Optional<T> find(String asked, Function<N, Optional<T>> question) {
    return find(asked, hedge.inTurn(order(), at -> ask(at, question)));
  }

  /**
   * The same for what is small and says the same at every honest node: one that is slower than it
   * usually is is not waited for alone.
   */
  public <T> Optional<T> findSoon(String asked, Function<N, Optional<T>> question) {
    return find(asked, hedge.ask(order(), at -> ask(at, question)));
  }

  private <T> Optional<T> find(String asked, Answers<Optional<T>> all) {
    List<NodeException> failures = new ArrayList<>();
    boolean answered = false;
    try (Answers<Optional<T>> answers = all) {
      while (answers.hasNext()) {
        try {
          Optional<T> answer = answers.next().result().get();
          if (answer.isPresent()) {
            return answer;
          }
          answered = true;
        } catch (NodeException failed) {
          if (failed.error() == ClientError.INTERRUPTED || failed.error() == ClientError.CLOSED) {
            throw failed;
          }
          failures.add(failed);
        }
      }
    }
    if (answered) {
      return Optional.empty();
    }
    throw allFailed(asked, failures);
  }

  /** Asks the node of this position and remembers how it went. */
  public <T> T ask(int position, Function<N, T> question) {
    try {
      T answer = question.apply(nodes.get(position));
      remember(position, null);
      return answer;
    } catch (NodeException failed) {
      if (saysTheNodeAils(failed.error())) {
        remember(position, time.instant());
      }
      throw failed;
    }
  }

  private synchronized void remember(int position, @Nullable Instant failed) {
    failedAt[position] = failed;
  }

  private static boolean saysTheNodeAils(ClientError error) {
    return switch (error) {
      case TIMEOUT,
          UNREACHABLE,
          STATUS,
          UNAUTHORIZED,
          REDIRECTED,
          MALFORMED,
          TOO_LARGE,
          TOO_DEEP,
          BREAKER_OPEN,
          BUSY,
          WRONG_VERSION,
          WRONG_NETWORK ->
          true;
      case INTERRUPTED,
          CLOSED,
          UNSUPPORTED_FORK,
          UNSUPPORTED_ROUTE,
          RPC_ERROR,
          NOT_SHANGHAI,
          ALL_NODES_FAILED,
          BAD_ENDPOINT ->
          false;
    };
  }

  /** What to throw when every node failed. */
  public NodeException allFailed(String asked, List<NodeException> failures) {
    if (failures.size() == 1) {
      return failures.getFirst();
    }
    String each =
        failures.stream()
            .map(failure -> failure.code() + ": " + failure.getMessage())
            .collect(Collectors.joining("; "));
    NodeException all =
        new NodeException(ClientError.ALL_NODES_FAILED, name(), asked, each, failures.getFirst());
    failures.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }

  @Override
  public synchronized String toString() {
    return "Failover[" + name() + ", failed " + Arrays.toString(failedAt) + "]";
  }
}
