package io.auriga.testkit.replay;

import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A chain as its nodes showed it over some slots: what happened when, and every block, orphaned
 * ones too. Immutable.
 *
 * @param answers what the nodes answer at any time
 * @param executionBlocks every execution block, in no order
 * @param states {@link RecordedStates#NONE} of most recordings
 */
public record Recording(
    About about,
    ChainSpec spec,
    Genesis genesis,
    FixedAnswers answers,
    Timeline timeline,
    List<ExecutionBlock> executionBlocks,
    RecordedStates states) {

  /** The words a person reads, and the slots between which there are events. */
  public record About(
      String name, String description, String source, Slot firstSlot, Slot lastSlot) {}

  /** Bodies of the Beacon API's answers that do not change, as JSON. */
  public record FixedAnswers(String spec, String genesis, String depositContract) {}

  /**
   * An execution block as JSON-RPC sends it, with hashes of transactions only.
   *
   * @param json the {@code result} of {@code eth_getBlockByHash}
   */
  public record ExecutionBlock(BlockHash hash, BlockNumber number, String json) {}

  public Recording {
    executionBlocks = List.copyOf(executionBlocks);
  }

  /**
   * Reads the recording in {@code folder}, which may lie in a zip file system. Blocks are read from
   * there again whenever they are served.
   *
   * @throws AurigaException with a {@link ReplayError}
   */
  public static Recording open(Path folder) {
    return RecordingReader.read(folder);
  }

  public Optional<ExecutionBlock> executionBlock(BlockHash hash) {
    return executionBlocks.stream().filter(block -> block.hash().equals(hash)).findFirst();
  }

  /** Where whoever follows it may begin: nothing is known of what came before its oldest block. */
  public Slot oldestBlockSlot() {
    return timeline.blocks().stream()
        .map(RecordedBlock::slot)
        .min(Comparator.naturalOrder())
        .orElse(about.firstSlot());
  }

  /** The start of the slot before the first one. */
  public Instant start() {
    long before = Math.max(0, about.firstSlot().value() - 1);
    return startOf(new Slot(before));
  }

  /** The end of the last slot, or the last event if that is later. */
  public Instant end() {
    Instant end = startOf(about.lastSlot().next());
    List<TimedEvent> events = timeline.events();
    return events.isEmpty() || events.getLast().at().isBefore(end) ? end : events.getLast().at();
  }

  public Instant startOf(Slot slot) {
    return genesis.time().plus(spec.slotDuration().multipliedBy(slot.value()));
  }
}
