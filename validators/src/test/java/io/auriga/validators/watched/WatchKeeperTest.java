package io.auriga.validators.watched;

import static io.auriga.validators.watched.WatchListTest.group;
import static io.auriga.validators.watched.WatchListTest.indices;
import static io.auriga.validators.watched.WatchListTest.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.AurigaException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WatchKeeperTest {
  private static final Duration POLL = Duration.ofSeconds(5);

  private final ChainOfValidators chain = new ChainOfValidators(100);
  private final Scripted source = new Scripted();
  private Instant now = Instant.parse("2026-11-25T08:00:00Z");

  /** A list that a test changes. */
  private static final class Scripted implements WatchSource {
    private Supplier<WatchList> list = () -> new WatchList(List.of(indices(group("north"), 1, 2)));
    private int version;
    private int reads;

    void becomes(Supplier<WatchList> next) {
      list = next;
      version++;
    }

    void becomesWrong(String problem) {
      becomes(
          () -> {
            throw new AurigaException(WatchError.UNREADABLE, "read the list", problem);
          });
    }

    @Override
    public String fingerprint() {
      return "version " + version;
    }

    @Override
    public WatchList read() {
      reads++;
      return list.get();
    }
  }

  private WatchKeeper keeper() {
    return new WatchKeeper(
        source, new WatchResolver(KnownValidators.inMemory(List.of())), chain, () -> now, POLL);
  }

  private void rounds(WatchKeeper keeper, int count) {
    for (int i = 0; i < count; i++) {
      now = now.plus(POLL);
      keeper.round();
    }
  }

  @Test
  void doesNotStartWithAWrongList() {
    source.becomesWrong("line 3");
    assertThatThrownBy(this::keeper).hasMessageContaining("line 3");
  }

  @Test
  void takesAChangedListOnceItRests() {
    try (WatchKeeper keeper = keeper()) {
      rounds(keeper, 1);
      assertThat(keeper.watched().validators()).hasSize(2);
      source.becomes(() -> new WatchList(List.of(indices(group("south"), 1, 2, 3))));
      rounds(keeper, 1);
      assertThat(keeper.watched().scopes()).containsKey("group:north");
      rounds(keeper, 1);
      assertThat(keeper.watched().scopes()).containsOnlyKeys("group:south", Watched.ALL);
      int reads = source.reads;
      rounds(keeper, 20);
      assertThat(source.reads).as("reads of a list that does not change").isEqualTo(reads);
    }
  }

  @Test
  void goesOnWithTheLastGoodListWhileTheNewOneIsWrong() {
    try (WatchKeeper keeper = keeper()) {
      rounds(keeper, 1);
      Watched good = keeper.watched();
      source.becomesWrong("line 3");
      rounds(keeper, 2);
      Instant since = now;
      assertThat(keeper.watched()).isSameAs(good);
      rounds(keeper, 30);
      assertThat(keeper.status().refusal())
          .hasValueSatisfying(
              problem -> {
                assertThat(problem.code()).isEqualTo("AUR-WATCH-UNREADABLE");
                assertThat(problem.since()).isEqualTo(since);
              });
      source.becomes(() -> new WatchList(List.of(indices(group("north"), 9))));
      rounds(keeper, 2);
      assertThat(keeper.status().refusal()).isEmpty();
      assertThat(keeper.watched().scopes().get(Watched.ALL)).containsExactly(9);
    }
  }

  @Test
  void triesAWrongListAgainAlthoughNothingIsSeenToChange() {
    try (WatchKeeper keeper = keeper()) {
      source.becomesWrong("the disk is away");
      rounds(keeper, 2);
      source.list = () -> new WatchList(List.of(indices(group("north"), 5)));
      rounds(keeper, 13);
      assertThat(keeper.status().refusal()).isEmpty();
      assertThat(keeper.watched().scopes().get(Watched.ALL)).containsExactly(5);
    }
  }

  @Test
  void asksAgainForWhatIsPendingAndGoesOnWithoutANode() {
    source.becomes(() -> new WatchList(List.of(keys(group("north"), 99, 100))));
    try (WatchKeeper keeper = keeper()) {
      rounds(keeper, 1);
      assertThat(keeper.watched().pending().count()).isEqualTo(1);
      chain.grow(1);
      chain.down = true;
      rounds(keeper, 61);
      assertThat(keeper.status().unanswered()).isPresent();
      assertThat(keeper.watched().validators()).hasSize(1);
      chain.down = false;
      rounds(keeper, 6);
      assertThat(keeper.status().unanswered()).isEmpty();
      assertThat(keeper.watched().validators()).hasSize(2);
      int questions = chain.questions.size();
      rounds(keeper, 60);
      assertThat(chain.questions).as("within the next five minutes").hasSize(questions);
    }
  }
}
