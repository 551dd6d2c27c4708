package io.auriga.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of the chain, applied whole or not at all.
 *
 * @param undone blocks no longer canonical, newest first
 * @param applied new canonical blocks, in slot order; the first one's parent is the last block that
 *     was not undone
 * @param matched blocks applied earlier whose payload the execution node has confirmed since
 * @param finality empty where nothing new is justified or final
 */
public record ChainUpdate(
    Instant at,
    List<BlockRef> undone,
    List<ChainBlock> applied,
    List<ExecutionMatch> matched,
    Optional<FinalityUpdate> finality) {
  public ChainUpdate {
    undone = List.copyOf(undone);
    applied = List.copyOf(applied);
    matched = List.copyOf(matched);
  }

  public static ChainUpdate ofBlocks(Instant at, List<BlockRef> undone, List<ChainBlock> applied) {
    return new ChainUpdate(at, undone, applied, List.of(), Optional.empty());
  }

  public static ChainUpdate ofMatches(Instant at, List<ExecutionMatch> matched) {
    return new ChainUpdate(at, List.of(), List.of(), matched, Optional.empty());
  }

  public static ChainUpdate ofFinality(Instant at, FinalityUpdate finality) {
    return new ChainUpdate(at, List.of(), List.of(), List.of(), Optional.of(finality));
  }
}
