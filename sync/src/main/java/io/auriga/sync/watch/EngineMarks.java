package io.auriga.sync.watch;

import io.auriga.sync.relay.RelayedCall;
import io.auriga.sync.relay.scan.PayloadStatus;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the relay saw of one payload. Not for several threads at once. */
final class EngineMarks {
  private final Map<Mark, Instant> marks = new EnumMap<>(Mark.class);
  private @Nullable EngineAnswer passed;
  private @Nullable EngineAnswer failed;

  /**
   * The consensus client handed it over, and perhaps tried again. What only kept a standby in step
   * is none of its business.
   */
  void newPayload(RelayedCall call) {
    Optional<EngineAnswer> answer = answer(call);
    if (answer.isEmpty()) {
      return;
    }
    first(Mark.NEW_PAYLOAD, call.received());
    if (call.passed()) {
      if (passed == null || answer.get().compareTo(passed) < 0) {
        passed = answer.get();
        marks.put(Mark.NEW_PAYLOAD_ANSWER, end(call));
      }
    } else if (failed == null || answer.get().compareTo(failed) < 0) {
      failed = answer.get();
    }
  }

  /** The consensus client named it as head. */
  void forkChoice(RelayedCall call) {
    if (call.passed()) {
      first(Mark.FORK_CHOICE, call.received());
      first(Mark.FORK_CHOICE_ANSWER, end(call));
    }
  }

  private void first(Mark mark, Instant at) {
    marks.merge(mark, at, (one, other) -> one.isBefore(other) ? one : other);
  }

  private static Instant end(RelayedCall call) {
    return call.received().plus(call.timing().ended());
  }

  /** Empty where the call says nothing of the execution client. */
  private static Optional<EngineAnswer> answer(RelayedCall call) {
    return switch (call.outcome()) {
      case ANSWERED ->
          call.passed()
              ? Optional.of(
                  call.answer().status().map(EngineMarks::said).orElse(EngineAnswer.OTHER))
              : Optional.empty();
      case UNREACHABLE -> Optional.of(EngineAnswer.UNREACHABLE);
      case TIMEOUT -> Optional.of(EngineAnswer.TIMEOUT);
      case BROKEN_ANSWER -> Optional.of(EngineAnswer.BROKEN);
      case EXECUTION_TOKEN -> Optional.of(EngineAnswer.WRONG_TOKEN);
      case CLIENT_GONE -> Optional.empty();
    };
  }

  private static EngineAnswer said(PayloadStatus status) {
    return switch (status) {
      case VALID -> EngineAnswer.VALID;
      case INVALID, INVALID_BLOCK_HASH -> EngineAnswer.INVALID;
      case SYNCING, ACCEPTED -> EngineAnswer.SYNCING;
    };
  }

  /** The best that the consensus client was told; where it was told nothing, the best failure. */
  Optional<EngineAnswer> answer() {
    return Optional.ofNullable(passed != null ? passed : failed);
  }

  Map<Mark, Instant> marks() {
    return marks;
  }
}
