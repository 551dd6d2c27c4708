package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.ChainSpec;
import io.auriga.types.SlotClock;
import io.auriga.validators.StatesWithCommittees;
import io.auriga.validators.accounting.CommitteeShelf;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The slashings that a real state transition accepted, from Capella to Fulu, found in its blocks.
 */
class RecordedSlashingsTest {
  @TempDir private Path folder;

  @Test
  void findsEachSlashingOfTheGeneratedChainAndWhatItProvesAndNothingElse() {
    Recording recording =
        Recording.open(
            Path.of(System.getProperty("auriga.root", ".."))
                .resolve("recordings/minimal-capella-to-fulu"));
    ChainSpec spec = recording.spec();
    BlockSchemas schemas = BlockSchemas.of(spec);
    InstantSource time =
        InstantSource.fixed(Instant.EPOCH.plus(Duration.ofSeconds(12).multipliedBy(200)));
    SlotClock clock = new SlotClock(Instant.EPOCH, Duration.ofSeconds(12), time);
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      OffenceBook book = new OffenceBook(store);
      SlashingWatch watch =
          new SlashingWatch(
              spec,
              clock,
              new VoteHistory(spec.slotsPerEpoch(), 4096),
              _ -> false,
              true,
              SlashingWatch.Books.of(store),
              new SlashingMetrics(new Metrics(new PrometheusRegistry())),
              _ -> {});
      AggregateReader reader =
          new AggregateReader(spec, clock, new StatesWithCommittees(), new CommitteeShelf(), watch);
      for (RecordedBlock block : recording.timeline().blocks()) {
        reader.block(SignedBlockView.of(schemas, block.fork(), block.ssz()), block.root());
        reader.readAll();
        watch.takeAll();
      }
      assertThat(book.newest(100).stream().map(one -> one.validator() + " " + one.kind()).sorted())
          .containsExactly(
              "24 attester-slashing",
              "24 double-vote",
              "25 attester-slashing",
              "25 double-vote",
              "26 double-proposal",
              "26 proposer-slashing");
    }
  }
}
