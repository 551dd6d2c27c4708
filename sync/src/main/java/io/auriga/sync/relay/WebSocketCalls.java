package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Frames;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.AnswerScanner;
import io.auriga.sync.relay.scan.RequestFacts;
import io.auriga.sync.relay.scan.RequestScanner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.BiPredicate;

/** Finds calls in the messages of one WebSocket: an answer belongs to the request of its id. */
final class WebSocketCalls {
  /** A consensus client has a few under way. */
  private static final int PENDING_MAX = 256;

  private static final int SWITCHED = 101;

  private final String execution;
  private final Observation observation;
  private final InstantSource time;
  private final BiPredicate<EngineMethod, RequestFacts> admits;
  private final LinkedHashMap<String, Pending> pending = new LinkedHashMap<>();
  private final Requests requests = new Requests();
  private final Answers answers = new Answers();

  /**
   * @param admits whether the consensus client may do what a request asks for
   */
  WebSocketCalls(
      String execution,
      Observation observation,
      InstantSource time,
      BiPredicate<EngineMethod, RequestFacts> admits) {
    this.execution = execution;
    this.observation = observation;
    this.time = time;
    this.admits = admits;
  }

  /** What the consensus client sends. */
  Frames requests() {
    return new Frames(requests);
  }

  /** What the execution client sends. */
  Frames answers() {
    return new Frames(answers);
  }

  /** Whether a request asked for what it may not. */
  boolean refused() {
    return requests.refused;
  }

  private record Pending(
      RequestFacts facts,
      EngineMethod method,
      Instant received,
      long began,
      Duration sent,
      long bytes) {}

  private final class Requests implements Frames.Listener {
    private RequestScanner scanner = new RequestScanner();
    private boolean judged;
    private volatile boolean refused;
    private Instant received = Instant.EPOCH;
    private long began;
    private long bytes;

    @Override
    public void begins() {
      scanner = new RequestScanner();
      judged = false;
      received = time.instant();
      began = System.nanoTime();
      bytes = 0;
    }

    @Override
    public void part(ByteBuffer piece, int from, int to) {
      scanner.feed(piece, from, to);
      bytes += to - from;
      if (!judged && scanner.knowsMethod()) {
        judge();
      }
    }

    private void judge() {
      judged = true;
      RequestFacts facts = scanner.facts();
      if (!admits.test(method(facts), facts)) {
        refused = true;
      }
    }

    @Override
    public void ends() {
      scanner.end();
      if (!judged) {
        judge();
      }
      RequestFacts facts = scanner.facts();
      Duration sent = Duration.ofNanos(System.nanoTime() - began);
      synchronized (pending) {
        facts
            .id()
            .ifPresent(
                id ->
                    pending.put(
                        id, new Pending(facts, method(facts), received, began, sent, bytes)));
        if (pending.size() > PENDING_MAX) {
          pending.pollFirstEntry();
        }
      }
    }

    private EngineMethod method(RequestFacts facts) {
      return facts.method().map(EngineMethod::of).orElse(EngineMethod.unread(facts.batch()));
    }
  }

  private final class Answers implements Frames.Listener {
    private AnswerScanner scanner = new AnswerScanner();
    private long began;
    private long bytes;

    @Override
    public void begins() {
      scanner = new AnswerScanner();
      began = System.nanoTime();
      bytes = 0;
    }

    @Override
    public void part(ByteBuffer piece, int from, int to) {
      scanner.feed(piece, from, to);
      bytes += to - from;
    }

    @Override
    public void ends() {
      scanner.end();
      AnswerFacts facts = scanner.facts();
      Pending asked;
      synchronized (pending) {
        asked = pending.remove(facts.id().orElse(""));
      }
      if (asked == null) {
        return;
      }
      observation.offer(
          new RelayedCall(
              execution,
              true,
              asked.method,
              asked.received,
              new RelayedCall.Timing(
                  asked.sent,
                  Duration.ofNanos(began - asked.began),
                  Duration.ofNanos(System.nanoTime() - asked.began)),
              asked.bytes,
              bytes,
              SWITCHED,
              RelayedCall.Outcome.ANSWERED,
              asked.facts,
              facts));
    }
  }
}
