package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockRef;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.FollowerSnapshot.State;
import io.auriga.chain.Problem;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class ChainLogTest {
  private final Lines lines = new Lines();
  private final ChainLog log = new ChainLog(lines);

  private void refuse(String problem) {
    log.refused(new NodeException(ClientError.MALFORMED, "node", "read block 7", problem));
  }

  private void state(State state, Optional<String> problem) {
    log.stateChanged(
        new FollowerSnapshot(
            state,
            Optional.of(new BlockRef(new Slot(7), Root.ZERO)),
            Optional.empty(),
            new Slot(9),
            problem.map(text -> new Problem("AUR-X", text, "wait", Instant.EPOCH)),
            1,
            0,
            0,
            Instant.EPOCH));
  }

  @Test
  void tellsARefusalThatComesAgainEverMoreRarelyAndHowOftenItCame() {
    for (int round = 0; round < 1_000; round++) {
      refuse("no JSON");
    }
    assertThat(lines.told).hasSize(10).allMatch(line -> line.contains("Refused a node's answer"));
    assertThat(lines.told.getFirst()).contains("times=1");
    assertThat(lines.told.getLast()).contains("times=512");
    refuse("too large");
    assertThat(lines.told.getLast()).contains("too large", "times=1");
  }

  @Test
  void doesNotFillTheLogWhileEachRoundFailsOnItsWayToTheHead() {
    for (int round = 0; round < 1_000; round++) {
      state(State.CATCHING_UP, Optional.of("no answer"));
      state(State.STALLED, Optional.of("no answer"));
      state(State.CATCHING_UP, Optional.empty());
      state(State.STALLED, Optional.of("another answer"));
    }
    assertThat(lines.told).hasSize(4 * 10);
  }

  @Test
  void tellsAnewWhatComesAfterAllWasWell() {
    state(State.STALLED, Optional.of("no answer"));
    state(State.STALLED, Optional.of("no answer"));
    assertThat(lines.told).hasSize(1);
    state(State.FOLLOWING, Optional.empty());
    state(State.STALLED, Optional.of("no answer"));
    assertThat(lines.told).hasSize(3).last().asString().contains("no answer", "times=1");
  }

  @Test
  void remembersABoundedNumberOfMessages() {
    refuse("no JSON");
    for (int other = 0; other < Repetitions.REMEMBERED; other++) {
      refuse("number " + other);
    }
    lines.told.clear();
    refuse("no JSON");
    assertThat(lines.told).hasSize(1);
  }

  /** A log as a list of its lines. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final transient List<String> told = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      told.add(message);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
