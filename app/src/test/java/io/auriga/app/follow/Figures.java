package io.auriga.app.follow;

import io.auriga.testkit.simulation.EventFaults;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened in simulated runs, added up. */
final class Figures {
  private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32, 65};

  long seeds;
  long steps;
  long rounds;
  long failedRounds;
  long checks;
  long followerRestarts;
  long crashes;
  long storeRestarts;
  long brokenTransactions;
  long refused;
  long violations;
  EventFaults events = EventFaults.NONE;
  private final Map<Long, Long> reorgs = new TreeMap<>();

  void reorg(long depth) {
    reorgs.merge(depth, 1L, Long::sum);
  }

  long deepest() {
    return reorgs.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  long reorgs() {
    return reorgs.values().stream().mapToLong(Long::longValue).sum();
  }

  void add(Figures other) {
    seeds += other.seeds;
    steps += other.steps;
    rounds += other.rounds;
    failedRounds += other.failedRounds;
    checks += other.checks;
    followerRestarts += other.followerRestarts;
    crashes += other.crashes;
    storeRestarts += other.storeRestarts;
    brokenTransactions += other.brokenTransactions;
    refused += other.refused;
    violations += other.violations;
    events = events.plus(other.events);
    other.reorgs.forEach((depth, count) -> reorgs.merge(depth, count, Long::sum));
  }

  private String depths() {
    Map<Integer, Long> buckets = new TreeMap<>();
    reorgs.forEach((depth, count) -> buckets.merge(bucket(depth), count, Long::sum));
    return buckets.entrySet().stream()
        .map(bucket -> label(bucket.getKey()) + ": " + bucket.getValue())
        .collect(Collectors.joining(", "));
  }

  private static int bucket(long depth) {
    int index = 0;
    while (index + 1 < DEPTHS.length && DEPTHS[index + 1] <= depth) {
      index++;
    }
    return index;
  }

  private static String label(int bucket) {
    if (bucket == DEPTHS.length - 1) {
      return "over 64";
    }
    int last = DEPTHS[bucket + 1] - 1;
    return DEPTHS[bucket] == last ? Integer.toString(last) : DEPTHS[bucket] + "-" + last;
  }

  @Override
  public String toString() {
    return ("%d seeds, %d steps, %d rounds (%d failed), %d oracle checks, %d violations; %d reorgs"
            + " by depth {%s}, deepest %d; restarts: %d follower, %d crash, %d store; %d broken"
            + " transactions; events: %d lost, %d repeated, %d swapped; %d lies refused")
        .formatted(
            seeds,
            steps,
            rounds,
            failedRounds,
            checks,
            violations,
            reorgs(),
            depths(),
            deepest(),
            followerRestarts,
            crashes,
            storeRestarts,
            brokenTransactions,
            events.lost(),
            events.repeated(),
            events.swapped(),
            refused);
  }
}
