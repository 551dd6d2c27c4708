package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Sorts an epoch's votes into classes. Of each duty, what most voters said goes into the first
 * class of its source and target, what fewer said into the second, and so on: on a healthy chain
 * nearly all voters of all slots are in one class, which is what makes it small.
 *
 * <p>First counted, then ranked, then the voters of each number are given in ascending order.
 */
final class Settling {
  /** What the members of a class have in common, beside their rank. */
  private record Kind(Checkpoint source, Checkpoint target, int rank) {}

  private record Duty(Checkpoint source, Checkpoint target, long duty) {}

  /** The voters of a class, ascending. */
  private static final class Members {
    final List<AttestationData> votes = new ArrayList<>();
    int[] voters = {};
    int count;

    void add(int voter) {
      if (count == voters.length) {
        voters = Arrays.copyOf(voters, Math.max(4, 2 * count));
      }
      voters[count++] = voter;
    }
  }

  private final List<AttestationData> data;
  private final int[] counts;
  private final Members[] classOf;
  private final List<Members> classes = new ArrayList<>();
  private final Map<Integer, Members> seconds = new TreeMap<>();

  Settling(List<AttestationData> data) {
    this.data = data;
    this.counts = new int[data.size() + 1];
    this.classOf = new Members[data.size() + 1];
  }

  void count(int number) {
    counts[number]++;
  }

  void rank() {
    Map<Duty, Integer> ranks = new HashMap<>();
    Map<Kind, Members> kinds = new HashMap<>();
    IntStream.rangeClosed(1, data.size())
        .boxed()
        .filter(number -> counts[number] > 0)
        .sorted(Comparator.comparingInt((Integer number) -> -counts[number]))
        .forEach(
            number -> {
              AttestationData one = data.get(number - 1);
              Duty duty = new Duty(one.source(), one.target(), VoteClass.duty(one));
              Kind kind = new Kind(one.source(), one.target(), ranks.merge(duty, 1, Integer::sum));
              classOf[number] = kinds.computeIfAbsent(kind, _ -> newClass());
              classOf[number].votes.add(one);
            });
    for (int number = 1; number < counts.length; number++) {
      if (counts[number] > 0) {
        Members members = classOf[number];
        members.count += counts[number];
      }
    }
    for (Members members : classes) {
      members.voters = new int[members.count];
      members.count = 0;
    }
  }

  private Members newClass() {
    Members members = new Members();
    classes.add(members);
    return members;
  }

  /** The voters ascend; number 0 says nothing. */
  void first(int voter, int number) {
    if (number != 0) {
      classOf[number].add(voter);
    }
  }

  /** As {@link #first}. Apart: who says two things breaks the rule that makes classes exact. */
  void second(int voter, int number) {
    Members members = seconds.computeIfAbsent(number, _ -> newClass());
    if (members.votes.isEmpty()) {
      members.votes.add(data.get(number - 1));
    }
    members.add(voter);
  }

  /** Adds the classes, the largest first, until there are {@code most}. */
  int finish(List<VoteClass> to, int most) {
    classes.sort(Comparator.comparingInt((Members members) -> -members.count));
    int forgotten = 0;
    for (Members members : classes) {
      if (to.size() < most) {
        to.add(new VoteClass(members.votes, VoterSet.of(members.voters, members.count)));
      } else {
        forgotten += members.count;
      }
    }
    return forgotten;
  }
}
