package io.auriga.chain.era;

import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.OrderedPipeline;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.StateId;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Writes eras from beacon nodes to era files. The state at the era's end comes first; it names the
 * blocks by their roots, which are then read several at a time, so that empty slots cost nothing
 * and no other block than the one that the state knows gets into the file. Belongs to one thread.
 */
public final class EraExport {
  /** As many requests as one node is given at once. */
  private static final int WINDOW = 8;

  private static final Duration WAIT = Duration.ofSeconds(1);

  private final BeaconNode blocks;
  private final BeaconStates states;
  private final EraChain chain;
  private final Path folder;

  public EraExport(BeaconNode blocks, BeaconStates states, EraChain chain, Path folder) {
    this.blocks = blocks;
    this.states = states;
    this.chain = chain;
    this.folder = folder;
  }

  /**
   * The newest era that is final, as the node says.
   *
   * @throws NodeException where no node answers
   */
  public long lastFinalEra() {
    Slot start = chain.spec().startSlotOf(blocks.finality().finalized().epoch());
    return Long.divideUnsigned(start.value(), chain.slotsPerEra());
  }

  /**
   * The file of an era that is in the folder already.
   *
   * @throws EraException if there is one that is none of this chain, or damaged
   */
  public Optional<Path> present(long era) {
    String begin = EraFileName.begin(EraFileName.networkOf(chain.spec()), era);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, begin + "-*.era")) {
      for (Path file : files) {
        if (EraCatalog.entries(file, chain).stream().anyMatch(entry -> entry.era() == era)) {
          return Optional.of(file);
        }
      }
      return Optional.empty();
    } catch (IOException failed) {
      throw new EraException(
          EraError.UNREADABLE, "look for era files in " + folder, String.valueOf(failed), failed);
    }
  }

  /**
   * Writes the file of an era.
   *
   * @param progress hears how many blocks of how many are written
   * @throws EraException where the era is not final, has blocks before Capella, its state is not to
   *     be had, or the file cannot be written
   * @throws NodeException where no node answers
   * @throws ChainException {@link ChainError#MISSING_BLOCK} where no node has a block
   */
  public Path write(long era, BiConsumer<Integer, Integer> progress) {
    String attempted = "export era " + era;
    if (era > lastFinalEra()) {
      throw new EraException(
          EraError.NOT_FINAL, attempted, "the last final era is " + lastFinalEra());
    }
    ForkName first = chain.spec().forkAt(chain.startOf(era));
    if (era > 0 && !first.isAtLeast(ForkName.CAPELLA)) {
      throw new EraException(
          EraError.BEFORE_CAPELLA, attempted, "it begins in " + first.lowerName());
    }
    byte[] state = state(era, attempted);
    try (EraWriter writer = EraWriter.create(folder, chain, state);
        ExecutorService workers =
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("auriga-era-read-", 0).factory())) {
      List<Root> roots = roots(writer.state(), era);
      OrderedPipeline<Root, Optional<SignedBlockView>> pipeline =
          new OrderedPipeline<>(workers, WINDOW, roots.iterator(), root -> read(root, era));
      copy(pipeline, writer, roots.size(), progress, attempted);
      return writer.finish();
    }
  }

  /**
   * The state at the era's end. Where its slot has a block, that names the state's root, so that
   * nothing in the state can differ; an empty slot has no such witness.
   */
  private byte[] state(long era, String attempted) {
    Slot end = chain.endOf(era);
    byte[] ssz =
        states
            .state(StateId.of(end))
            .orElseThrow(
                () ->
                    new EraException(
                        EraError.NO_STATE,
                        attempted,
                        states.name() + " has no state of slot " + end))
            .data()
            .ssz();
    ForkName fork = chain.spec().forkAt(end);
    Optional<BeaconBlock> block =
        fork.isSupported() ? blocks.block(BlockId.of(end)) : Optional.empty();
    if (block.isPresent()) {
      Root computed = BeaconStateView.of(StateSchemas.of(chain.spec()), fork, ssz).hashTreeRoot();
      Root named =
          SignedBlockView.of(chain.schemas(), block.get().fork(), block.get().ssz()).stateRoot();
      if (!computed.equals(named)) {
        throw new EraException(
            EraError.MISMATCH,
            attempted,
            "the state of slot %s from %s hashes to %s, and the block of that slot names %s"
                .formatted(end, states.name(), computed, named));
      }
    }
    return ssz;
  }

  private static void copy(
      OrderedPipeline<Root, Optional<SignedBlockView>> pipeline,
      EraWriter writer,
      int total,
      BiConsumer<Integer, Integer> progress,
      String attempted) {
    try {
      int done = 0;
      while (true) {
        OrderedPipeline.Step<Optional<SignedBlockView>> step = pipeline.next(WAIT);
        if (step.finished()) {
          return;
        }
        if (step.result().isPresent()) {
          step.result().get().ifPresent(writer::block);
          progress.accept(++done, total);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EraException(EraError.UNREADABLE, attempted, "it was interrupted", interrupted);
    } finally {
      pipeline.cancel();
    }
  }

  /** The roots of the era's blocks, ascending; the first may be of a block before it. */
  private List<Root> roots(EraState state, long era) {
    List<Root> roots = new ArrayList<>();
    for (int slot = 0; slot < chain.slotsPerEra() && era > 0; slot++) {
      Slot at = chain.startOf(era).plus(slot);
      // Slot 0 is genesis, which nobody signed: no node has a block of it.
      if (slot == 0 ? at.value() > 0 : !state.repeatsRoot(at)) {
        roots.add(state.blockRoot(at));
      }
    }
    return roots;
  }

  /** The block, or empty if it lies before the era, as it does where the first slot is empty. */
  private Optional<SignedBlockView> read(Root root, long era) {
    BeaconBlock block =
        blocks
            .block(BlockId.of(root))
            .orElseThrow(
                () ->
                    new ChainException(
                        ChainError.MISSING_BLOCK,
                        "export era " + era,
                        blocks.name() + " has no block " + root));
    SignedBlockView view = SignedBlockView.of(chain.schemas(), block.fork(), block.ssz());
    return view.slot().isBefore(chain.startOf(era)) ? Optional.empty() : Optional.of(view);
  }
}
