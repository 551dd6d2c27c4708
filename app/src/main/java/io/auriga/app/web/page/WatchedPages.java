package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.consensus.Validator;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.RecentDuties;
import io.auriga.validators.Upcoming;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.rewards.RewardReport;
import io.auriga.validators.rewards.RewardTotals;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Makes the page of the watched validators, and what single ones are told of their duties. */
final class WatchedPages {
  private static final int ROWS = 50;

  /** As many as a person scrolls through; the links of the others can be typed. */
  private static final int SCOPES = 24;

  private static final int LABELS = 3;

  private final WebInputs inputs;
  private final RewardDay day;

  WatchedPages(WebInputs inputs) {
    this.inputs = inputs;
    this.day = new RewardDay(inputs);
  }

  /** Which part of them is asked for. */
  private record Asked(String scope, boolean byMisses, int page) {
    String link(boolean misses, int wanted) {
      String order = misses ? "&order=missed" : "";
      String number = wanted > 1 ? "&page=" + wanted : "";
      return WatchedPages.link(scope) + order + number;
    }
  }

  ValidatorsPage page(Request request, Chrome chrome, Instant now) {
    Watched watched = inputs.watch().get().watched();
    Asked asked = asked(request, watched);
    int[] members = watched.indicesOf(asked.scope());
    int pages = Math.max(1, Math.ceilDiv(members.length, ROWS));
    int page = Math.min(asked.page(), pages);
    int from = (page - 1) * ROWS;
    int[] shown = ordered(members, asked.byMisses()).skip(from).limit(ROWS).toArray();
    Optional<RewardReport> report = day.report();
    List<String> scopes = scopes(watched);
    return new ValidatorsPage(
        chrome,
        heading(watched),
        inputs.rewards().status().get().problem().map(one -> one.message() + ".").orElse(""),
        epochs(),
        scopes.stream()
            .limit(SCOPES)
            .map(scope -> scope(scope, watched, report, asked.scope()))
            .toList(),
        Math.max(0, scopes.size() - SCOPES),
        IntStream.of(shown).mapToObj(one -> row(one, watched, report, now)).toList(),
        members.length == 0
            ? ""
            : "%s to %s of %s"
                .formatted(
                    Digits.grouped(from + 1L),
                    Digits.grouped(from + shown.length),
                    Digits.grouped(members.length)),
        asked.byMisses(),
        asked.link(!asked.byMisses(), 1),
        page > 1 ? Optional.of(asked.link(asked.byMisses(), page - 1)) : Optional.empty(),
        page < pages ? Optional.of(asked.link(asked.byMisses(), page + 1)) : Optional.empty());
  }

  private static Asked asked(Request request, Watched watched) {
    request.requireOnly("scope", "order", "page");
    String scope = request.query("scope").orElse(Watched.ALL);
    if (!scope.equals(Watched.ALL) && !watched.scopes().containsKey(scope)) {
      throw new HttpException(
          HttpError.NOT_FOUND,
          "show the validators of " + Hex.abbreviate(scope),
          "nobody who is watched is in it");
    }
    boolean byMisses = request.query("order", WatchedPages::order).orElse("index").equals("missed");
    return new Asked(scope, byMisses, request.query("page", WatchedPages::number).orElse(1));
  }

  private static String order(String text) {
    if (!text.equals("index") && !text.equals("missed")) {
      throw new IllegalArgumentException("neither index nor missed: " + Hex.abbreviate(text));
    }
    return text;
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException("no number of a page: " + Hex.abbreviate(text));
    }
    return Integer.parseInt(text);
  }

  static String link(String scope) {
    return "/validators?scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8);
  }

  private IntStream ordered(int[] members, boolean byMisses) {
    if (!byMisses) {
      return IntStream.of(members);
    }
    int[] missed = inputs.duties().recent().missed(members);
    return IntStream.range(0, members.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer place) -> -missed[place]))
        .mapToInt(place -> members[place]);
  }

  private static String heading(Watched watched) {
    return Digits.counted(watched.validators().size(), "validator")
        + " watched"
        + (watched.pending().count() == 0
            ? "."
            : ", " + Digits.grouped(watched.pending().count()) + " more named and not known yet.");
  }

  private String epochs() {
    List<Epoch> epochs = inputs.duties().recent().epochs();
    return epochs.isEmpty()
        ? ""
        : epochs.size() == 1
            ? "epoch " + epochs.getFirst()
            : "epochs " + epochs.getFirst() + " to " + epochs.getLast();
  }

  /** The yardstick first, then all, then groups and labels by name. */
  private static List<String> scopes(Watched watched) {
    List<String> scopes = new ArrayList<>();
    if (!watched.isEmpty()) {
      scopes.add(Watched.NETWORK);
      scopes.add(Watched.ALL);
    }
    watched.scopes().keySet().stream()
        .filter(scope -> !scope.equals(Watched.ALL))
        .forEach(scopes::add);
    return scopes;
  }

  private ValidatorsPage.Scope scope(
      String scope, Watched watched, Optional<RewardReport> report, String chosen) {
    DutyTotals totals = inputs.duties().recent().of(scope);
    long[] members = watched.scopes().get(scope);
    return new ValidatorsPage.Scope(
        scope,
        name(scope),
        scope.equals(Watched.NETWORK) ? "" : link(scope),
        scope.equals(chosen),
        members == null ? "" : Digits.grouped(members.length),
        percent(totals.effectiveness()),
        totals.assigned() == 0
            ? "–"
            : Digits.grouped(totals.missed()) + " of " + Digits.grouped(totals.assigned()),
        report
            .flatMap(found -> Optional.ofNullable(found.scopes().get(scope)))
            .map(RewardReport.Line::totals)
            .filter(one -> one.epochs() > 0)
            .map(Earned::of));
  }

  private static String name(String scope) {
    return switch (scope) {
      case Watched.NETWORK -> "Network";
      case Watched.ALL -> "All watched";
      default ->
          scope.startsWith(Label.GROUP + ":")
              ? "Group " + scope.substring(Label.GROUP.length() + 1)
              : scope;
    };
  }

  private static String percent(OptionalDouble ratio) {
    return ratio.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio.getAsDouble())
        : "–";
  }

  private ValidatorsPage.Row row(
      int validator, Watched watched, Optional<RewardReport> report, Instant now) {
    Optional<WatchedValidator> found = watched.find(new ValidatorIndex(validator));
    List<RecentDuties.Look> looks = inputs.duties().recent().of(validator);
    Optional<Validator> standing = standing(validator);
    return new ValidatorsPage.Row(
        String.valueOf(validator),
        found.flatMap(WatchedValidator::group).orElse(""),
        found
            .map(
                one ->
                    one.labels().stream()
                        .filter(label -> !label.isGroup())
                        .limit(LABELS)
                        .map(Label::toString)
                        .collect(java.util.stream.Collectors.joining(" ")))
            .orElse(""),
        standing
            .map(one -> Standing.of(one, inputs.spec().epochOf(inputs.clock().currentSlot())))
            .orElse(Standing.UNKNOWN),
        DutyStrip.of(looks),
        effectiveness(looks),
        next(validator, now),
        standing.map(one -> Amount.inRow(one.balance())),
        earned(validator, report).map(Earned::of));
  }

  private Optional<Validator> standing(int validator) {
    return Optional.ofNullable(inputs.rewards().status().get().standings().get(validator));
  }

  private static Optional<RewardTotals> earned(int validator, Optional<RewardReport> report) {
    return report.flatMap(found -> Optional.ofNullable(found.validators().get(validator)));
  }

  /** The mean over the epochs that are shown, as objectives have it. */
  private static String effectiveness(List<RecentDuties.Look> looks) {
    return percent(
        looks.stream()
            .filter(look -> look.vote() != RecentDuties.Vote.NONE)
            .mapToDouble(
                look -> look.vote() == RecentDuties.Vote.MISSED ? 0 : 1.0 / (1 + look.lateness()))
            .average());
  }

  private String next(int validator, Instant now) {
    Optional<Upcoming> upcoming = inputs.duties().upcoming().get();
    if (upcoming.isEmpty()) {
      return "";
    }
    List<String> next = new ArrayList<>();
    upcoming
        .get()
        .proposal(validator, inputs.clock().currentSlot())
        .ifPresent(
            slot ->
                next.add(
                    "proposes slot %s %s"
                        .formatted(
                            Digits.grouped(slot.value()),
                            Moment.of(inputs.clock().startOf(slot), now).relative())));
    if (upcoming.get().seatsNow(validator) > 0) {
      next.add("in the sync committee");
    } else if (upcoming.get().seatsNext(validator) > 0) {
      Slot begin = inputs.spec().startSlotOf(upcoming.get().nextPeriod());
      next.add("in the sync committee " + Moment.of(inputs.clock().startOf(begin), now).relative());
    }
    return String.join(", ", next);
  }

  /** What one validator is told beside its withdrawals; empty if it is not watched. */
  Optional<DutyPanel> panel(ValidatorIndex index, Instant now) {
    Watched watched = inputs.watch().get().watched();
    if (watched.find(index).isEmpty() || index.value() < 0 || index.value() > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    int validator = (int) index.value();
    Optional<RewardReport> report = day.report();
    return Optional.of(
        DutyPanel.of(
            row(validator, watched, report, now),
            epochs(),
            inputs.duties().recent().of(validator).reversed(),
            earned(validator, report)));
  }
}
