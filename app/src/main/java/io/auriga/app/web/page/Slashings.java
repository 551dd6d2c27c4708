package io.auriga.app.web.page;

import io.auriga.app.web.SlashingView;
import io.auriga.app.web.WebInputs;
import io.auriga.app.web.page.SlashingPage.Case;
import io.auriga.app.web.page.SlashingPage.Evidence;
import io.auriga.app.web.page.SlashingPage.Stop;
import io.auriga.app.web.page.SlashingPage.Told;
import io.auriga.app.web.page.WithdrawalPage.Fact;
import io.auriga.validators.slashing.Doppelganger;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.WatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes the page of the slashing watch. */
final class Slashings {
  private final WebInputs inputs;

  Slashings(WebInputs inputs) {
    this.inputs = inputs;
  }

  SlashingPage page(Chrome chrome, Instant now) {
    SlashingView view = inputs.slashing().get();
    return new SlashingPage(
        chrome,
        heading(view),
        facts(view),
        Stream.of(
                view.doppelgangers().stream().map(one -> found(one, now)),
                view.offences().stream().map(one -> found(one, now)))
            .flatMap(cases -> cases)
            .toList(),
        view.stops().stream().map(stop -> stop(stop, now)).toList(),
        told(view, now));
  }

  private static String heading(SlashingView view) {
    long ours = view.offences().stream().filter(OffenceBook.Entry::watched).count();
    long others = view.offences().size() - ours;
    List<String> parts = new ArrayList<>();
    if (!view.doppelgangers().isEmpty()) {
      parts.add(
          "Somebody else signs with a key of yours: "
              + Digits.counted(view.doppelgangers().size(), "message")
              + ".");
    }
    if (ours > 0) {
      parts.add(Digits.counted(ours, "offence") + " of watched validators.");
    } else if (view.watching().equals("off")) {
      parts.add("Nothing is watched: set slashing.watch to watched or network.");
    } else if (view.doppelgangers().isEmpty()) {
      parts.add("No watched validator did anything slashable.");
    }
    if (others > 0) {
      parts.add(Digits.counted(others, "offence") + " of other validators.");
    }
    return String.join(" ", parts);
  }

  private static List<Fact> facts(SlashingView view) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "Watched",
            switch (view.watching()) {
              case "network" -> "every validator of the network";
              case "watched" -> "the validators under watch";
              default -> "nobody";
            },
            ""));
    if (view.state().isPresent()) {
      WatchState state = view.state().get();
      facts.add(
          fact(
              "Remembered",
              Digits.counted(state.epochs(), "epoch"),
              "of " + Digits.grouped(view.historyEpochs()) + " at most"));
      facts.add(
          fact(
              "Votes compared",
              Digits.grouped(state.votes()),
              state.ignored() == 0
                  ? "since the start"
                  : "since the start; "
                      + Digits.grouped(state.ignored())
                      + " left alone, which no block could carry"));
      facts.add(
          fact(
              "Memory of old votes",
              String.format(Locale.ROOT, "%.1f MB", state.bytes() / 1e6),
              state.forgotten() == 0
                  ? ""
                  : Digits.grouped(state.forgotten()) + " votes of too many kinds forgotten"));
    }
    facts.add(
        fact(
            "Local stop",
            view.armed() ? "armed" : "not armed",
            view.armed() ? "" : "what would be called is only told"));
    return facts;
  }

  private static Fact fact(String label, String value, String note) {
    return new Fact(label, value, note, "", false);
  }

  private static Case found(DoppelgangerBook.Entry entry, Instant now) {
    Doppelganger found = entry.found();
    boolean vote = found.kind() == Doppelganger.Kind.VOTE;
    return new Case(
        "doppelganger-" + found.validator() + found.message().hashCode(),
        Tone.BAD,
        vote ? "A vote of somebody else" : "A block of somebody else",
        found.validator().toString(),
        "watched",
        Digits.grouped(found.slot().value()),
        Moment.of(entry.at(), now),
        List.of(
            new Evidence(vote ? "The vote" : "The block", found.message()),
            new Evidence(
                "Seen first", found.where() + found.seenAt().map(at -> ", " + at).orElse("")),
            new Evidence("Its client", found.said())));
  }

  private static Case found(OffenceBook.Entry entry, Instant now) {
    List<Evidence> evidence = new ArrayList<>();
    if (!entry.earlier().isEmpty()) {
      evidence.add(new Evidence("First", entry.earlier()));
    }
    evidence.add(new Evidence(entry.earlier().isEmpty() ? "Of" : "Second", entry.later()));
    return new Case(
        entry.kind() + "-" + entry.validator() + (entry.earlier() + entry.later()).hashCode(),
        entry.watched() ? Tone.BAD : Tone.WARN,
        name(entry.kind()),
        entry.validator().toString(),
        entry.watched() ? "watched" : "",
        Digits.grouped(entry.slot().value()),
        Moment.of(entry.foundAt(), now),
        evidence);
  }

  private static String name(String kind) {
    return switch (kind) {
      case "double-vote" -> "Double vote";
      case "surround-vote" -> "Surround vote";
      case "double-proposal" -> "Double proposal";
      case "attester-slashing" -> "Accused of two votes";
      case "proposer-slashing" -> "Accused of two blocks";
      default -> kind;
    };
  }

  private static Stop stop(OffenceBook.Stop stop, Instant now) {
    return new Stop(
        stop.validator() + stop.action() + stop.dryRun(),
        stop.validator().toString(),
        stop.action() + (stop.dryRun() ? " (dry run)" : ""),
        stop.reason(),
        stop.outcome().orElse("no outcome yet, " + Digits.counted(stop.attempts(), "attempt")),
        Moment.of(stop.intendedAt(), now));
  }

  private static List<Told> told(SlashingView view, Instant now) {
    List<Told> told = new ArrayList<>();
    for (DoppelgangerBook.Outage outage : view.outages()) {
      told.add(
          new Told(
              "off" + outage.validator() + outage.from(),
              "Validator " + outage.validator(),
              "off"
                  + outage.until().map(until -> " until " + until).orElse(", and still is")
                  + (outage.note().isEmpty() ? "" : ": " + outage.note()),
              Moment.of(outage.from(), now)));
    }
    for (SigningRecords.Source source : view.sources()) {
      told.add(
          new Told(
              "source" + source.name(),
              source.name(),
              "what "
                  + Digits.counted(source.keys(), "key")
                  + " signed, "
                  + source.asOf().map(at -> "all of it before " + at).orElse("as of no known time"),
              Moment.of(source.readAt(), now)));
    }
    return told;
  }
}
