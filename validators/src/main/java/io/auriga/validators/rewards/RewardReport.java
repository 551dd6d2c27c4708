package io.auriga.validators.rewards;

import io.auriga.types.Epoch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was earned over a stretch of epochs.
 *
 * @param first of the stretch
 * @param last of the stretch
 * @param kept how many of its epochs are known
 * @param settled of these, how many are final
 * @param scopes all who are watched, and each group and label, by name
 * @param validators those that were asked for, ascending; who had no epoch in it is left out
 * @param comparison with the duties that were counted, added up
 */
public record RewardReport(
    Epoch first,
    Epoch last,
    long kept,
    long settled,
    Map<String, Line> scopes,
    SortedMap<Integer, RewardTotals> validators,
    EpochRewards.Comparison comparison) {

  /**
   * One scope.
   *
   * @param validators how many it has now
   */
  public record Line(int validators, RewardTotals totals) {}

  /** How many epochs the stretch has. */
  public long epochs() {
    return last.value() - first.value() + 1;
  }

  /** A stretch that ends with the newest epoch that is kept; empty if none is. */
  public static Optional<RewardReport> ofLast(
      RewardStore store, long epochs, SortedMap<String, int[]> scopes, int[] validators) {
    return store
        .newest()
        .map(
            newest ->
                of(
                    store,
                    new Epoch(Math.max(0, newest.value() - epochs + 1)),
                    newest,
                    scopes,
                    validators));
  }

  /**
   * Adds up what is kept.
   *
   * @param scopes whom each stands for, ascending
   * @param validators to be told one by one
   */
  public static RewardReport of(
      RewardStore store,
      Epoch first,
      Epoch last,
      SortedMap<String, int[]> scopes,
      int[] validators) {
    Sums sums = new Sums(scopes, validators);
    store.read(first, last, sums::add);
    return sums.report(first, last);
  }

  /** For one report. */
  private static final class Sums {
    private final SortedMap<String, int[]> scopes;
    private final Map<String, RewardCounter> ofScopes = new LinkedHashMap<>();
    private final int[] validators;
    private final List<RewardCounter> ofValidators;
    private long kept;
    private long settled;
    private long equal;
    private long explained;
    private long different;
    private Optional<String> difference = Optional.empty();

    Sums(SortedMap<String, int[]> scopes, int[] validators) {
      this.scopes = scopes;
      scopes.keySet().forEach(scope -> ofScopes.put(scope, new RewardCounter()));
      this.validators = Arrays.stream(validators).sorted().distinct().toArray();
      this.ofValidators =
          Arrays.stream(this.validators).mapToObj(_ -> new RewardCounter()).toList();
    }

    void add(EpochRewards rewards) {
      kept++;
      settled += rewards.isFinal() ? 1 : 0;
      RewardColumns rows = rewards.rows();
      scopes.forEach(
          (scope, members) -> {
            RewardCounter counter = ofScopes.get(scope);
            if (counter != null) {
              counter.add(rows, members);
            }
          });
      for (int i = 0; i < validators.length; i++) {
        ofValidators.get(i).add(rows, new int[] {validators[i]});
      }
      equal += rewards.comparison().equal();
      explained += rewards.comparison().explained();
      different += rewards.comparison().different();
      if (difference.isEmpty()) {
        difference =
            rewards.comparison().difference().map(text -> "epoch " + rewards.epoch() + ": " + text);
      }
    }

    RewardReport report(Epoch first, Epoch last) {
      Map<String, Line> lines = new LinkedHashMap<>();
      ofScopes.forEach(
          (scope, counter) -> {
            int[] members = scopes.get(scope);
            lines.put(scope, new Line(members == null ? 0 : members.length, counter.totals()));
          });
      SortedMap<Integer, RewardTotals> each = new TreeMap<>();
      for (int i = 0; i < validators.length; i++) {
        RewardTotals totals = ofValidators.get(i).totals();
        if (totals.epochs() > 0) {
          each.put(validators[i], totals);
        }
      }
      return new RewardReport(
          first,
          last,
          kept,
          settled,
          lines,
          each,
          new EpochRewards.Comparison(equal, explained, different, difference));
    }
  }
}
