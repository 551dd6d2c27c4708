package io.auriga.benchmarks.duties;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.duties.DutyBlock;
import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.validators.accounting.Beginning;
import io.auriga.validators.accounting.DutyAccounting;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts the duties of a network from its state and its blocks, as bytes, for epochs on end:
 *
 * <pre>DutyScale VALIDATORS [EPOCHS]</pre>
 *
 * A line of figures: the cold start from the state's SSZ; an epoch, which is decoding its blocks,
 * shuffling, counting, taking back what reorgs orphan, and the finished epoch by validator; the
 * slowest slot; the totals of 10,000 watched validators; and the heap that is in use behind it.
 * What is generated is no part of it.
 */
public final class DutyScale {
  private static final int WATCHED = 10_000;
  private static final ForkName FORK = ForkName.ELECTRA;

  private final DutyNetwork network;
  private final ChainSpec spec;
  private final BlockSchemas schemas;
  private final List<EpochDuties> finished = new ArrayList<>();
  private final List<Took> epochs = new ArrayList<>();
  private final List<Took> slots = new ArrayList<>();
  private long stateBytes;
  private int active;
  private Took start = new Took(0, 0);
  private int undone;
  private int empty;

  private DutyScale(DutyNetwork network) {
    this.network = network;
    this.spec = network.plan().spec();
    this.schemas = BlockSchemas.of(spec);
  }

  public static void main(String[] arguments) {
    int validators = Integer.parseInt(arguments[0]);
    int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    new DutyScale(Networks.mainnetShaped(validators)).run(epochs);
  }

  private void run(int count) {
    DutyAccounting accounting = start();
    for (int epoch = 0; epoch < count; epoch++) {
      epochs.add(epoch(accounting));
    }
    print();
  }

  /** From the state's bytes to where the first block can be counted. */
  private DutyAccounting start() {
    BlockRef genesis = network.head().ref();
    byte[] state = network.genesisState().bytes();
    stateBytes = state.length;
    StateSchemas states = StateSchemas.of(spec);
    Took begin = Took.now();
    Beginning beginning = Beginning.of(spec, BeaconStateView.of(states, FORK, state), genesis);
    DutyAccounting accounting = new DutyAccounting(beginning, finished::add);
    active = accounting.committees(new Epoch(0)).activeCount();
    start = Took.since(begin);
    return accounting;
  }

  /** Follows an epoch's slots; the milliseconds that the accounting took. */
  private Took epoch(DutyAccounting accounting) {
    Took sum = new Took(0, 0);
    for (int slot = 0; slot < spec.slotsPerEpoch(); slot++) {
      DutyBlock before = network.head();
      Optional<DutyBlock> head = network.next();
      if (head.isEmpty()) {
        empty++;
        continue;
      }
      List<BlockRef> refs = new ArrayList<>();
      List<byte[]> blocks = new ArrayList<>();
      // The generator knows its ancestors; a follower has walked back to the common one by now.
      DutyBlock ancestor = before;
      while (!head.get().descendsFrom(ancestor.ref())) {
        ancestor = ancestor.back(1);
      }
      BlockRef known = ancestor.ref();
      for (DutyBlock block : head.get().since(Optional.of(known))) {
        refs.add(block.ref());
        blocks.add(block.block().bytes());
      }
      Took begin = Took.now();
      while (!accounting.head().equals(known)) {
        accounting.undo(accounting.head());
        undone++;
      }
      for (int i = 0; i < refs.size(); i++) {
        SignedBlockView view = SignedBlockView.of(schemas, FORK, blocks.get(i));
        if (!accounting.apply(view, refs.get(i)).isEmpty()) {
          throw new IllegalStateException("an attestation of " + refs.get(i) + " was refused");
        }
      }
      Took took = Took.since(begin);
      slots.add(took);
      sum = sum.plus(took);
    }
    return sum;
  }

  private void print() {
    EpochDuties last = finished.getLast();
    int[] watched = IntStream.range(0, WATCHED).map(i -> i * (active / WATCHED)).toArray();
    Took begin = Took.now();
    DutyTotals totals = last.of(watched);
    Took group = Took.since(begin);
    List<Took> steady = epochs.subList(epochs.size() / 2, epochs.size());
    List<Took> steadySlots = slots.subList(slots.size() / 2, slots.size());
    finished.clear();
    finished.add(last);
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        Locale.ROOT,
        "%,d validators, state %.0f MB; ms of processor (wall): start %s, first epoch %s, epoch %s,"
            + " slot median %s, slowest %s, 10,000 watched %s; heap %.0f MB%n",
        active,
        stateBytes / 1e6,
        start,
        epochs.getFirst(),
        Took.median(steady),
        Took.median(steadySlots),
        Took.most(steadySlots),
        group,
        heap / 1e6);
    System.out.printf(
        Locale.ROOT,
        "  %s; empty slots %d, blocks taken back %d, watched %s%n",
        last,
        empty,
        undone,
        totals);
  }

  /** Milliseconds of this thread on a processor, and on the wall. */
  private record Took(double cpu, double wall) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Took now() {
      return new Took(THREADS.getCurrentThreadCpuTime() / 1e6, System.nanoTime() / 1e6);
    }

    static Took since(Took begin) {
      Took now = now();
      return new Took(now.cpu - begin.cpu, now.wall - begin.wall);
    }

    Took plus(Took other) {
      return new Took(cpu + other.cpu, wall + other.wall);
    }

    static Took median(List<Took> all) {
      return all.stream()
          .sorted(Comparator.comparingDouble(Took::cpu))
          .toList()
          .get(all.size() / 2);
    }

    static Took most(List<Took> all) {
      return all.stream().max(Comparator.comparingDouble(Took::cpu)).orElseThrow();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f (%.1f)", cpu, wall);
    }
  }
}
