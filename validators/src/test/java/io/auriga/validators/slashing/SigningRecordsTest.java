package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.validators.StoreFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SigningRecordsTest {
  private static final Root CHAIN = Votes.root(1);
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123456Z");
  private static final BlsPublicKey KEY = key(1);

  private static BlsPublicKey key(long number) {
    return BlsPublicKey.of(ByteBuffer.allocate(48).putLong(40, number).array());
  }

  private static SignedAttestation vote(long source, long target, @Nullable Root root) {
    return new SignedAttestation(new Epoch(source), new Epoch(target), root);
  }

  private static SigningRecords.Entries entries(KeyRecord... records) {
    return to -> {
      List.of(records).forEach(to);
      return CHAIN;
    };
  }

  private static KeyRecord votes(LongStream targets) {
    return new KeyRecord(
        KEY, List.of(), targets.mapToObj(target -> vote(target - 1, target, null)).toList());
  }

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

    private SigningRecords.Imported add(String source, SigningRecords.Entries entries)
        throws IOException {
      return new SigningRecords(store).add(source, _ -> Optional.of(NOW), NOW, CHAIN, entries);
    }

    @Test
    void keepsWhatSeveralSourcesTellOnceAndOverARestart() throws IOException {
      KeyRecord one =
          new KeyRecord(
              KEY,
              List.of(new SignedBlock(new Slot(-1), CHAIN), new SignedBlock(new Slot(3), null)),
              List.of(vote(1, 2, CHAIN), vote(1, 2, null), vote(5, -1, null)));
      KeyRecord other = new KeyRecord(KEY, List.of(), List.of(vote(1, 2, CHAIN), vote(2, 3, null)));

      assertThat(add("one.json", entries(one))).isEqualTo(new SigningRecords.Imported(1, 2, 3));
      assertThat(add("one.json", entries(one))).isEqualTo(new SigningRecords.Imported(1, 0, 0));
      assertThat(add("other.json", entries(other))).isEqualTo(new SigningRecords.Imported(1, 0, 1));
      reopen();

      KeyRecord kept = new SigningRecords(store).of(KEY);
      assertThat(kept.blocks()).containsExactlyInAnyOrderElementsOf(one.blocks());
      assertThat(kept.attestations())
          .containsExactlyInAnyOrder(
              vote(1, 2, CHAIN), vote(1, 2, null), vote(5, -1, null), vote(2, 3, null));
      assertThat(new SigningRecords(store).of(key(2)).attestations()).isEmpty();
      assertThat(new SigningRecords(store).reports())
          .extracting(report -> report.told().source())
          .containsExactlyInAnyOrder("one.json", "other.json");
    }

    @Test
    void aFileThatIsWrongOrOfAnotherChainOrBreaksChangesNothing() throws IOException {
      add("good.json", entries(votes(LongStream.range(1, 5))));
      KeyRecord record = votes(LongStream.range(1, 9));

      assertThatThrownBy(
              () ->
                  add(
                      "bad.json",
                      to -> {
                        to.accept(record);
                        return Votes.root(2);
                      }))
          .isInstanceOf(InterchangeException.class)
          .hasMessageContaining("its genesis_validators_root is " + Votes.root(2));
      assertThatThrownBy(
              () ->
                  add(
                      "bad.json",
                      to -> {
                        to.accept(record);
                        throw new IOException("gone");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("gone");

      assertThat(new SigningRecords(store).of(KEY).attestations()).hasSize(4);
      assertThat(new SigningRecords(store).reports()).hasSize(1);
    }

    @Test
    void keepsTheNewestOfAKeyAndNeverGrowsBeyondThem() throws IOException {
      int max = SigningRecords.RECORDS_MAX;
      add("one.json", entries(votes(LongStream.rangeClosed(1, max))));
      add("two.json", entries(votes(LongStream.rangeClosed(max + 1, max + 10))));

      assertThat(new SigningRecords(store).of(KEY).attestations())
          .hasSize(max)
          .extracting(vote -> vote.target().value())
          .contains(11L, max + 10L)
          .doesNotContain(10L);
      assertThat(add("one.json", entries(votes(LongStream.rangeClosed(1, max)))).votes()).isZero();
    }

    @Test
    void saysHowFarEachRecordGoesAndFromWhereOnItNamesEveryVote() throws IOException {
      add("dense.json", entries(votes(LongStream.of(1, 2, 10, 11, 12, 13, 17, 18, 19, 20, 24))));
      add("minimal.json", entries(votes(LongStream.of(30))));
      add("twice.json", entries(votes(LongStream.range(1, 20)), votes(LongStream.range(20, 40))));

      assertThat(new SigningRecords(store).reports())
          .extracting(one -> one.told().source(), KeyReport::denseFrom, KeyReport::lastTarget)
          .containsExactlyInAnyOrder(
              tuple("dense.json", Optional.of(new Epoch(10)), Optional.of(new Epoch(24))),
              tuple("minimal.json", Optional.empty(), Optional.of(new Epoch(30))),
              tuple("twice.json", Optional.empty(), Optional.of(new Epoch(39))));
      assertThat(new SigningRecords(store).reports())
          .allSatisfy(
              one -> {
                assertThat(one.told().asOf()).contains(NOW);
                assertThat(one.told().readAt()).isEqualTo(NOW);
                assertThat(one.lastSlot()).isEmpty();
              });
    }

    @Test
    void refusesMoreKeysThanAnybodyHas() {
      assertThatThrownBy(
              () ->
                  add(
                      "made-up.json",
                      to -> {
                        for (long i = 0; i <= SigningRecords.KEYS_MAX; i++) {
                          to.accept(new KeyRecord(key(i), List.of(), List.of()));
                        }
                        return CHAIN;
                      }))
          .isInstanceOf(AurigaException.class)
          .hasMessageContaining("more than 200000 keys");
      assertThat(new SigningRecords(store).reports()).isEmpty();
    }
  }
}
