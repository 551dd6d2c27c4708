package io.auriga.app.follow;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainStore;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.IndexGap;
import io.auriga.chain.UnmatchedBlock;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store whose process dies at a call chosen beforehand, just before or just after its work. */
final class FragileStore implements ChainStore {
  private final ChainStore store;
  private int callsLeft = Integer.MAX_VALUE;
  private boolean afterwards;
  private volatile Consumer<String> hook = name -> {};

  FragileStore(ChainStore store) {
    this.store = store;
  }

  /** Dies at the call that follows {@code calls} others. */
  void dieAfter(int calls, boolean afterItsWork) {
    callsLeft = calls;
    afterwards = afterItsWork;
  }

  /** Hears the name of each call before its work, and may throw in its place. */
  void beforeEach(Consumer<String> listener) {
    hook = listener;
  }

  private <T> T call(String what, Supplier<T> work) {
    hook.accept(what);
    boolean last = callsLeft-- == 0;
    if (last && !afterwards) {
      throw new SimulatedCrash("before " + what);
    }
    T result = work.get();
    if (last) {
      throw new SimulatedCrash("after " + what);
    }
    return result;
  }

  @Override
  public Optional<ChainPosition> position() {
    return call("position", store::position);
  }

  @Override
  public Optional<Slot> firstSlot() {
    return call("firstSlot", store::firstSlot);
  }

  @Override
  public Optional<BlockRef> canonical(Root root) {
    return call("canonical", () -> store.canonical(root));
  }

  @Override
  public List<BlockRef> canonicalAbove(Slot slot) {
    return call("canonicalAbove", () -> store.canonicalAbove(slot));
  }

  @Override
  public List<UnmatchedBlock> unmatched(Slot below, int limit) {
    return call("unmatched", () -> store.unmatched(below, limit));
  }

  @Override
  public List<IndexGap> gaps() {
    return call("gaps", store::gaps);
  }

  @Override
  public void commit(ChainUpdate update) {
    boolean _ =
        call(
            "commit",
            () -> {
              store.commit(update);
              return true;
            });
  }

  @Override
  public void restore(List<ChainBlock> blocks) {
    boolean _ =
        call(
            "restore",
            () -> {
              store.restore(blocks);
              return true;
            });
  }
}
