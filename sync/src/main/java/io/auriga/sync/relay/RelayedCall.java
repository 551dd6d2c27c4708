package io.auriga.sync.relay;

import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.RequestFacts;
import java.time.Duration;
import java.time.Instant;

/**
 * One call to one execution client, after it is over.
 *
 * @param execution the execution client's name
 * @param passed whether the consensus client got its answer; otherwise it only kept an execution
 *     client in step, or came too late
 * @param method as the request named it, bounded
 * @param received when the request's first byte came, by this machine's clock
 * @param timing since then, by a clock that never jumps
 * @param status of HTTP; 0 without an answer
 * @param outcome how it ended
 */
public record RelayedCall(
    String execution,
    boolean passed,
    EngineMethod method,
    Instant received,
    Timing timing,
    long requestBytes,
    long answerBytes,
    int status,
    Outcome outcome,
    RequestFacts request,
    AnswerFacts answer) {

  /**
   * Marks within a call, since the request's first byte.
   *
   * @param sent the request's last byte was given to the execution client
   * @param answerBegan the answer's head came
   * @param ended the answer's last byte came, or the call failed
   */
  public record Timing(Duration sent, Duration answerBegan, Duration ended) {}

  /** How a call ends. */
  public enum Outcome {
    ANSWERED,
    UNREACHABLE,
    TIMEOUT,
    BROKEN_ANSWER,
    EXECUTION_TOKEN,
    /** The consensus client left. */
    CLIENT_GONE;

    /** As a label of a metric. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
