package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnMessagesTest {
  private final OwnMessages messages = new OwnMessages();

  private static ValidatorIndex validator(int index) {
    return new ValidatorIndex(index);
  }

  @Test
  void keepsTheNewestTargetsAndNeverMoreThanFit() {
    int perEpoch = OwnMessages.SEEN_MAX / 4;
    for (int target = 1; target <= 6; target++) {
      for (int index = 0; index < perEpoch; index++) {
        var _ =
            messages.voted(
                validator(index), Votes.vote(1, target - 1, target, 0, 0), "a node", Instant.EPOCH);
      }
    }
    assertThat(messages.of(validator(0)))
        .extracting(seen -> seen.vote().orElseThrow().target().epoch().value())
        .containsExactly(3L, 4L, 5L, 6L);

    messages.remember(validator(0), Vote.of(Votes.vote(1, 1, 2, 0, 0)));
    assertThat(messages.of(validator(0))).hasSize(4);
  }

  @Test
  void keepsABlockOnceAndForgetsWhatIsTold() {
    Sighting.Proposed block = new Sighting.Proposed(new Slot(9), validator(3), Votes.root(1));
    assertThat(messages.proposed(block, Instant.EPOCH)).isPresent();
    assertThat(messages.proposed(block, Instant.EPOCH)).isEmpty();
    var vote = messages.voted(validator(3), Votes.vote(3, 1, 2, 0, 0), "a node", Instant.EPOCH);
    assertThat(messages.of(validator(3))).hasSize(2);

    messages.forget(validator(3), vote);
    messages.forget(validator(3), vote);
    assertThat(messages.of(validator(3)))
        .singleElement()
        .extracting(OwnMessages.Seen::kind)
        .isEqualTo(Doppelganger.Kind.BLOCK);
    messages.forget(validator(3), messages.of(validator(3)).getFirst());
    assertThat(messages.validators()).isEmpty();
  }
}
