package io.auriga.testkit.replay;

import io.auriga.testkit.replay.RecordedState.Moment;
import io.auriga.types.Root;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states of a recording; many have none. Where there are any, there is one after each block and
 * after genesis, and one before each block that is the first of its branch in an epoch: in between,
 * the slots before a block change nothing that withdrawals depend on.
 */
public final class RecordedStates {
  /** Of a recording without states. */
  public static final RecordedStates NONE = new RecordedStates(List.of());

  private final List<RecordedState> all;
  private final Map<Root, RecordedState> before = new HashMap<>();
  private final Map<Root, RecordedState> after = new HashMap<>();
  private final Map<Root, RecordedState> byRoot = new HashMap<>();

  public RecordedStates(List<RecordedState> all) {
    this.all = List.copyOf(all);
    for (RecordedState state : all) {
      if (state.moment() == Moment.PRE) {
        before.put(state.blockRoot(), state);
      } else {
        after.put(state.blockRoot(), state);
        byRoot.put(state.root(), state);
      }
    }
  }

  /** In the order of the recording. */
  public List<RecordedState> all() {
    return all;
  }

  /** What a block met, if its parent is of an earlier epoch. */
  public Optional<RecordedState> before(Root blockRoot) {
    return Optional.ofNullable(before.get(blockRoot));
  }

  /** What a block left. */
  public Optional<RecordedState> after(Root blockRoot) {
    return Optional.ofNullable(after.get(blockRoot));
  }

  /** The state that a block left and names as its {@code state_root}. */
  public Optional<RecordedState> withRoot(Root stateRoot) {
    return Optional.ofNullable(byRoot.get(stateRoot));
  }

  public Optional<RecordedState> genesis() {
    return all.stream()
        .filter(state -> state.moment() == Moment.POST && state.slot().value() == 0)
        .findFirst();
  }
}
