package io.auriga.sync.relay;

import io.auriga.sync.relay.Policy.Ballot;
import io.auriga.sync.relay.Policy.Choice;
import io.auriga.sync.relay.Policy.Moment;
import io.auriga.sync.relay.scan.RequestFacts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to all execution clients at once. The body is copied once and shared; an execution
 * client that takes it too slowly is left out of this call and costs the others no more than a
 * moment.
 */
final class Fanout {
  private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
  private static final Duration PIECE_PATIENCE = Duration.ofMillis(250);

  private final Call call;
  private final EngineMethod method;
  private final Policy policy;
  private final Observation observation;
  private final RelayMetrics metrics;
  private final List<HeldCall> calls = new ArrayList<>();
  private boolean decided;
  private int left;

  Fanout(
      Call call,
      EngineMethod method,
      Policy policy,
      Observation observation,
      RelayMetrics metrics) {
    this.call = call;
    this.method = method;
    this.policy = policy;
    this.observation = observation;
    this.metrics = metrics;
  }

  /** What came out. */
  final class Result {
    private final Choice choice;
    private final List<HeldCall> over;

    private Result(Choice choice, List<HeldCall> over) {
      this.choice = choice;
      this.over = over;
    }

    Choice choice() {
      return choice;
    }

    List<HeldCall> calls() {
      return calls;
    }

    /** Tells of the calls that were over when it came out; the answer need not wait for that. */
    void observe() {
      RequestFacts facts = call.facts();
      @Nullable HeldCall passed =
          choice instanceof Choice.Pass(int index) ? calls.get(index) : null;
      for (HeldCall one : over) {
        observation.offer(one.observed(one == passed, facts));
      }
    }
  }

  /**
   * Sends it to all, and decides by the policy.
   *
   * @param targets in the order of preference
   * @param turns of the targets, in the order of fork choices
   */
  Result run(List<Execution> targets, List<Order.Turn> turns, Executor threads)
      throws ClientGoneException, InterruptedException {
    byte[] beginning = bytes(call.window());
    ByteBuffer staged = ByteBuffer.allocate(Heads.BYTES_MAX);
    for (int i = 0; i < targets.size(); i++) {
      calls.add(
          new HeldCall(
              targets.get(i), method, call, staged, beginning, turns.get(i), this, metrics));
    }
    left = calls.size();
    calls.forEach(threads::execute);
    boolean whole = call.taken();
    try {
      if (!whole) {
        sendRest();
        whole = true;
      }
    } finally {
      if (!whole) {
        calls.forEach(HeldCall::cut);
        abandon();
      }
    }
    call.client().timer().rest();
    return decide();
  }

  private void sendRest() throws ClientGoneException, InterruptedException {
    for (ByteBuffer piece = call.next(); piece != null; piece = call.next()) {
      call.show(piece, piece.position(), piece.limit());
      byte[] shared = bytes(piece);
      for (HeldCall one : calls) {
        one.offer(shared, PIECE_PATIENCE);
      }
      call.client().timer().stallLimit(method.patience());
    }
    for (HeldCall one : calls) {
      one.end(PIECE_PATIENCE);
    }
  }

  private synchronized Result decide() throws InterruptedException {
    while (true) {
      Duration elapsed = call.elapsed();
      boolean late = elapsed.compareTo(method.failover()) >= 0;
      boolean over = left == 0 || elapsed.compareTo(method.patience()) >= 0;
      Moment moment = over ? Moment.OVER : late ? Moment.LATE : Moment.EARLY;
      List<Ballot> ballots = calls.stream().map(HeldCall::ballot).toList();
      Optional<Choice> choice = policy.choose(ballots, moment);
      if (choice.isPresent()) {
        return settle(choice.get());
      }
      Duration next = late ? method.patience() : method.failover();
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, next.minus(elapsed).toNanos()));
    }
  }

  private Result settle(Choice choice) {
    decided = true;
    if (choice instanceof Choice.Pass(int index) && index > 0) {
      metrics.failedOver(calls.get(index).target().name());
    }
    return new Result(choice, calls.stream().filter(HeldCall::isDone).toList());
  }

  private synchronized void abandon() {
    settle(new Choice.None()).observe();
  }

  /** Told by each call at its end. */
  synchronized void completed(HeldCall one) {
    one.markDone();
    left--;
    if (decided) {
      observation.offer(one.observed(false, call.facts()));
    }
    if (left == 0) {
      compare();
    }
    notifyAll();
  }

  void dropped(Execution target) {
    metrics.dropped(target.name());
  }

  /** Where all have spoken: whether they contradict each other. */
  private void compare() {
    List<String> valid = named(Ballot.VALID);
    List<String> invalid = named(Ballot.INVALID);
    if (valid.isEmpty() || invalid.isEmpty()) {
      return;
    }
    metrics.disagreed();
    LOG.atError()
        .addKeyValue("code", RelayError.DISAGREEMENT.code())
        .addKeyValue("method", method.label())
        .addKeyValue("block", block())
        .addKeyValue("valid", String.join(", ", valid))
        .addKeyValue("invalid", String.join(", ", invalid))
        .log("Execution clients contradict each other");
  }

  private String block() {
    var facts = call.facts();
    return facts
        .payload()
        .flatMap(payload -> payload.blockHash())
        .or(() -> facts.forkChoice().flatMap(choice -> choice.head()))
        .map(Object::toString)
        .orElse("unknown");
  }

  private List<String> named(Ballot ballot) {
    return calls.stream()
        .filter(one -> one.ballot() == ballot)
        .map(one -> one.target().name())
        .toList();
  }

  private static byte[] bytes(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }
}
