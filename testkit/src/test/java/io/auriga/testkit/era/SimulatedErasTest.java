package io.auriga.testkit.era;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.era.EraBlock;
import io.auriga.chain.era.EraCatalog;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraLevel;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.types.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedErasTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7})
  void holdTheCanonicalChainOfAnySeedInOrder(long seed) {
    SimulatedEras eras =
        new SimulatedEras(SimulatedChain.of(SimulationPlan.ofSeed(seed).withSlots(400)));
    List<Path> files = new ArrayList<>(eras.write(folder));
    assertThat(files).hasSizeGreaterThanOrEqualTo(5);
    Collections.shuffle(files, new Random(seed));
    EraCatalog catalog = EraCatalog.of(files, eras.chain());
    assertThat(catalog.refused()).isEmpty();
    List<Root> read = new ArrayList<>();
    List<Root> expected = new ArrayList<>();
    for (EraCatalog.Entry entry : catalog.eras()) {
      try (EraFile file = EraFile.open(entry.file(), eras.chain())) {
        file.groups()
            .get(entry.group())
            .forEach(EraLevel.FULL, (EraBlock block) -> read.add(block.root()));
      }
      eras.blocks(entry.era()).stream().map(SimulatedBlock::root).forEach(expected::add);
    }
    assertThat(read).isEqualTo(expected).hasSizeGreaterThan(200);
  }
}
