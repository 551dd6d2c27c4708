package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.record.SlotStore;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the page of verdicts. */
final class Syncs {
  /** Three hours on mainnet. */
  private static final int SLOTS_SHOWN = 900;

  private static final int PAIRS_SHOWN = 8;
  private static final int LATE_SHOWN = 20;
  private static final int LATE_LOOKED_AT = 2_000;

  private final WebInputs inputs;

  Syncs(WebInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * @param wanted the slot to take apart; without one, the newest that went wrong, or the newest
   */
  SyncPage page(Chrome chrome, Optional<Slot> wanted, Instant now) {
    Duration shown = inputs.clock().slotDuration().multipliedBy(SLOTS_SHOWN);
    Instant since = now.minus(shown);
    List<SlotStore.Brief> briefs = inputs.slots().briefs(SLOTS_SHOWN * PAIRS_SHOWN, since);
    List<SlotRecord> late =
        inputs.slots().latest(LATE_LOOKED_AT, Optional.empty(), since).stream()
            .filter(record -> record.tone() == Verdict.Tone.OWN)
            .limit(LATE_SHOWN)
            .toList();
    Optional<Slot> slot =
        wanted
            .or(() -> late.stream().findFirst().map(SlotRecord::slot))
            .or(() -> briefs.isEmpty() ? Optional.empty() : Optional.of(briefs.getLast().slot()));
    return new SyncPage(
        chrome,
        heading(briefs),
        strips(briefs),
        slot.flatMap(one -> part(one, briefs, now)),
        late.stream().map(record -> row(record, now)).toList());
  }

  private static String heading(List<SlotStore.Brief> briefs) {
    long own = briefs.stream().filter(brief -> brief.tone() == Verdict.Tone.OWN).count();
    if (briefs.isEmpty()) {
      return "No slot was judged in the last hours.";
    }
    return own == 0
        ? "Nothing of yours was late in the last hours."
        : Digits.counted(own, "slot") + " of the last hours went wrong at a pair of yours.";
  }

  private static List<SyncPage.Strip> strips(List<SlotStore.Brief> briefs) {
    if (briefs.isEmpty()) {
      return List.of();
    }
    Map<String, List<SlotStore.Brief>> byNode = new TreeMap<>();
    briefs.forEach(
        brief -> byNode.computeIfAbsent(brief.node(), _ -> new ArrayList<>()).add(brief));
    long last = briefs.getLast().slot().value();
    long first = Math.max(briefs.getFirst().slot().value(), last - SLOTS_SHOWN + 1);
    return byNode.entrySet().stream()
        .limit(PAIRS_SHOWN)
        .map(entry -> strip(entry.getKey(), entry.getValue(), first, last))
        .toList();
  }

  private static SyncPage.Strip strip(
      String node, List<SlotStore.Brief> briefs, long first, long last) {
    List<SyncPage.Run> runs = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Verdict.Tone> tones = new LinkedHashMap<>();
    SlotStore.Brief begun = null;
    int length = 0;
    for (SlotStore.Brief brief : briefs) {
      if (brief.slot().value() < first) {
        continue;
      }
      counts.merge(brief.verdict(), 1, Integer::sum);
      tones.put(brief.verdict(), brief.tone());
      boolean goesOn =
          begun != null
              && begun.verdict().equals(brief.verdict())
              && brief.slot().value() == begun.slot().value() + length;
      if (goesOn) {
        length++;
        continue;
      }
      if (begun != null) {
        runs.add(run(begun, length, first));
      }
      begun = brief;
      length = 1;
    }
    if (begun != null) {
      runs.add(run(begun, length, first));
    }
    List<SyncPage.Count> counted =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .map(
                entry ->
                    new SyncPage.Count(
                        css(tones.getOrDefault(entry.getKey(), Verdict.Tone.UNKNOWN)),
                        words(entry.getKey()),
                        Digits.grouped(entry.getValue())))
            .toList();
    String summary =
        counted.stream()
            .map(count -> count.verdict() + " " + count.count())
            .reduce((one, other) -> one + ", " + other)
            .orElse("nothing");
    return new SyncPage.Strip(node, (int) (last - first + 1), node + ": " + summary, runs, counted);
  }

  private static SyncPage.Run run(SlotStore.Brief begun, int length, long first) {
    String slots =
        length == 1
            ? "slot " + Digits.grouped(begun.slot().value())
            : "%s slots from %s"
                .formatted(Digits.grouped(length), Digits.grouped(begun.slot().value()));
    return new SyncPage.Run(
        (int) (begun.slot().value() - first),
        length,
        css(begun.tone()),
        words(begun.verdict()) + ", " + slots);
  }

  private Optional<SyncPage.SlotPart> part(Slot slot, List<SlotStore.Brief> briefs, Instant now) {
    List<SlotRecord> records = inputs.slots().of(slot);
    if (records.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> older =
        briefs.stream()
            .map(SlotStore.Brief::slot)
            .filter(slot::isAfter)
            .max(Comparator.naturalOrder())
            .map(Syncs::link);
    Optional<String> newer =
        briefs.stream()
            .map(SlotStore.Brief::slot)
            .filter(slot::isBefore)
            .min(Comparator.naturalOrder())
            .map(Syncs::link);
    return Optional.of(
        new SyncPage.SlotPart(
            Digits.grouped(slot.value()),
            Moment.of(records.getFirst().start(), now),
            older,
            newer,
            records.stream().limit(PAIRS_SHOWN).map(Waterfalls::pair).toList()));
  }

  private static String link(Slot slot) {
    return "/sync?slot=" + slot;
  }

  private static SyncPage.Row row(SlotRecord record, Instant now) {
    return new SyncPage.Row(
        record.slot() + record.node(),
        Digits.grouped(record.slot().value()),
        link(record.slot()),
        css(record.tone()),
        words(record.verdict()),
        record.node(),
        record.sentence(),
        Moment.of(record.start(), now));
  }

  /** {@code slow-execution} for a reader: {@code Slow execution}. */
  static String words(String code) {
    String spaced = code.replace('-', ' ');
    return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  static String css(Verdict.Tone tone) {
    return switch (tone) {
      case GOOD -> "ok";
      case ELSEWHERE -> "busy";
      case OWN -> "bad";
      case UNKNOWN -> "quiet";
    };
  }
}
