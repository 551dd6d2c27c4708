package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffenceBookTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123456Z");

  @TempDir private Path folder;

  private String url(String database) {
    return database.equals("sqlite") ? EmbeddedStores.sqlite(folder) : EmbeddedStores.postgres();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void keepsAnOffenceOnceAlsoWhenItIsSeenInTheOtherOrderAfterARestart(String database) {
    String url = url(database);
    AttestationData one = Votes.vote(7, 4, 5, 0, 0);
    AttestationData other = Votes.vote(7, 4, 5, 0, 1);
    ValidatorIndex validator = new ValidatorIndex(7);
    try (Store store = Store.open(url, OffenceBook.MIGRATIONS)) {
      OffenceBook book = new OffenceBook(store);
      assertThat(book.add(new Offence.DoubleVote(validator, Vote.of(one), other), true, NOW))
          .isTrue();
      assertThat(book.add(new Offence.DoubleVote(validator, Vote.of(one), other), true, NOW))
          .isFalse();
    }
    try (Store store = Store.open(url, OffenceBook.MIGRATIONS)) {
      OffenceBook book = new OffenceBook(store);
      assertThat(book.add(new Offence.DoubleVote(validator, Vote.of(other), one), true, NOW))
          .isFalse();
      assertThat(book.newest(10)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void tellsEachKindAndThoseOfOursFirst(String database) {
    Root root = Votes.root(1);
    try (Store store = Store.open(url(database), OffenceBook.MIGRATIONS)) {
      OffenceBook book = new OffenceBook(store);
      book.add(
          new Offence.SurroundVote(
              new ValidatorIndex(3),
              Vote.of(Votes.vote(3, 5, 6, 0, 0)),
              Votes.vote(3, 4, 7, 0, 0),
              true),
          false,
          NOW.plusSeconds(9));
      book.add(
          new Offence.DoubleProposal(new ValidatorIndex(4), new Slot(9), root, Votes.root(2)),
          true,
          NOW);
      book.add(new Offence.Accused(new ValidatorIndex(5), true, new Slot(8)), false, NOW);

      List<OffenceBook.Entry> all = book.newest(10);
      assertThat(all)
          .extracting(OffenceBook.Entry::kind)
          .containsExactly("double-proposal", "surround-vote", "attester-slashing");
      assertThat(all.getFirst())
          .isEqualTo(
              new OffenceBook.Entry(
                  "double-proposal",
                  new ValidatorIndex(4),
                  new Slot(9),
                  true,
                  root.toHex(),
                  Votes.root(2).toHex(),
                  NOW));
      assertThat(book.newest(1)).hasSize(1);
    }
  }
}
