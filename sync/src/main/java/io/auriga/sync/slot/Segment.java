package io.auriga.sync.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Time between two marks: one stage, or several where the marks between them are missing.
 *
 * @param stages never empty, in order
 * @param begin since the slot's begin
 */
public record Segment(Set<Stage> stages, Duration begin, Duration took) {
  public Segment {
    stages = Collections.unmodifiableSet(EnumSet.copyOf(stages));
  }

  Segment(Set<Stage> stages, long begin, long end) {
    this(stages, Duration.ofNanos(begin), Duration.ofNanos(end - begin));
  }

  /** The only stage, if it is one. */
  public Optional<Stage> stage() {
    return stages.size() == 1 ? Optional.of(stages.iterator().next()) : Optional.empty();
  }

  /** {@code dispatch}, or {@code dispatch+execution} where nobody saw what was between them. */
  public String label() {
    return stages.stream().map(Stage::wireName).collect(Collectors.joining("+"));
  }

  /**
   * Cuts the way to the head at the marks that there are. Empty where the block is not known to
   * have become the head.
   *
   * @param blobs false only if the block is known to have none, so that nothing waited for them
   */
  static List<Segment> of(Map<Mark, Duration> marks, boolean blobs) {
    Duration head = marks.get(Mark.HEAD);
    if (head == null) {
      return List.of();
    }
    List<Segment> segments = new ArrayList<>();
    Set<Stage> open = EnumSet.noneOf(Stage.class);
    long begin = 0;
    for (Stage stage : Stage.values()) {
      if (stage == Stage.DATA && !blobs) {
        continue;
      }
      open.add(stage);
      Duration mark = marks.get(stage.end());
      if (mark != null && !(stage == Stage.DATA && mark.compareTo(head) > 0)) {
        // What came before its turn did not make anything wait.
        long end = Math.max(begin, mark.toNanos());
        segments.add(new Segment(open, begin, end));
        open.clear();
        begin = end;
      }
    }
    return List.copyOf(segments);
  }

  /** All of them together: since the slot's begin. */
  static Duration whole(List<Segment> segments) {
    return segments.stream().map(Segment::took).reduce(Duration.ZERO, Duration::plus);
  }
}
