package io.auriga.validators.slashing;

import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.DoppelgangerBook.Outage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** When clients are off, as was last read. For one thread. */
final class DeclaredOutages {
  private static final int OUTAGES_MAX = 100_000;

  private final DoppelgangerBook book;
  private Map<ValidatorIndex, List<Outage>> known = Map.of();

  DeclaredOutages(DoppelgangerBook book) {
    this.book = book;
  }

  /** Reads them anew; whose are others than before. */
  Set<ValidatorIndex> read() {
    Map<ValidatorIndex, List<Outage>> now =
        book.outages(OUTAGES_MAX).stream().collect(Collectors.groupingBy(Outage::validator));
    Set<ValidatorIndex> changed = new HashSet<>();
    now.forEach(
        (validator, declared) -> {
          if (!declared.equals(known.get(validator))) {
            changed.add(validator);
          }
        });
    known = now;
    return changed;
  }

  /** Whether an outage lasts. */
  boolean isOff(ValidatorIndex validator) {
    return of(validator).stream().anyMatch(outage -> outage.until().isEmpty());
  }

  /** What was declared, if a time from begin to end is within an outage. */
  Optional<String> over(ValidatorIndex validator, Instant begin, Instant end) {
    return of(validator).stream()
        .filter(outage -> !begin.isBefore(outage.from()))
        .filter(outage -> outage.until().map(until -> !end.isAfter(until)).orElse(true))
        .findFirst()
        .map(
            outage ->
                "its client is off from %s%s%s"
                    .formatted(
                        outage.from(),
                        outage.until().map(until -> " to " + until).orElse(" on"),
                        outage.note().isEmpty() ? "" : " (" + outage.note() + ")"));
  }

  private List<Outage> of(ValidatorIndex validator) {
    return known.getOrDefault(validator, List.of());
  }
}
