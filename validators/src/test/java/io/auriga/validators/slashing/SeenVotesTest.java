package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.StoreFixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeenVotesTest {
  private static final int WINDOW = 16;

  @Nested
  class OnSqlite extends Contract {
    OnSqlite() {
      super(Database.SQLITE);
    }
  }

  @Nested
  class OnPostgres extends Contract {
    OnPostgres() {
      super(Database.POSTGRES);
    }
  }

  abstract static class Contract extends StoreFixture {
    Contract(Database database) {
      super(database, OffenceBook.MIGRATIONS);
    }

    private static SignedAttestation vote(long source, long target) {
      return new SignedAttestation(new Epoch(source), new Epoch(target), null);
    }

    private static void observe(VoteHistory votes, int validator, int source, int target) {
      votes.observe(Votes.vote(validator, source, target, 0, 0), new int[] {validator}, 1, _ -> {});
    }

    @Test
    void tellsTheVotesOfSomeByTargetAndWhichEpochsItKnows() throws IOException {
      SeenVotes seen = new SeenVotes(store);
      assertThat(seen.span()).isEmpty();

      VoteHistory votes = new VoteHistory(Votes.SLOTS, WINDOW, new EpochBook(store, false, WINDOW));
      votes.advanceTo(new Epoch(9));
      observe(votes, 7, 6, 9);
      observe(votes, 7, 4, 5);
      observe(votes, 7, 3, 5);
      observe(votes, 8, 4, 5);
      votes.keepAll();

      assertThat(seen.span()).contains(new SeenVotes.Span(new Epoch(5), new Epoch(9), 2));
      assertThat(
              seen.of(
                  List.of(new ValidatorIndex(7), new ValidatorIndex(99), new ValidatorIndex(-1)),
                  _ -> {}))
          .containsOnlyKeys(new ValidatorIndex(7))
          .allSatisfy(
              (_, known) ->
                  assertThat(known)
                      .containsExactlyInAnyOrder(vote(4, 5), vote(3, 5), vote(6, 9))
                      .extracting(SignedAttestation::target)
                      .isSorted());
    }
  }
}
