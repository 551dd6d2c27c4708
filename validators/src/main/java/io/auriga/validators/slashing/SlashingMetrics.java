package io.auriga.validators.slashing;

import io.auriga.runtime.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.util.Locale;

/** Counts what the slashing watch sees and finds. */
public final class SlashingMetrics {
  private final Counter offences;
  private final Counter dropped;
  private final Counter failures;
  private final Counter unread;
  private final Gauge votes;
  private final Gauge ignored;
  private final Gauge forgotten;
  private final Gauge epochs;
  private final Counter stops;
  private final Counter doppelgangers;
  private final Gauge judged;
  private final Gauge unreadable;

  public SlashingMetrics(Metrics metrics) {
    offences =
        metrics.counter(
            "auriga_slashing_offences_total",
            "Slashable offences seen since the start, by kind and whether the validator is watched;"
                + " one that is seen twice counts twice.",
            "kind",
            "watched");
    dropped =
        metrics.counter(
            "auriga_slashing_dropped_total",
            "Votes and blocks that were not looked at because too many waited.");
    failures =
        metrics.counter(
            "auriga_slashing_failures_total",
            "Votes and blocks that were not looked at because something failed.");
    unread =
        metrics.counter(
            "auriga_slashing_aggregates_unread_total",
            "Aggregates that were not looked at since the start, because it is not known who sits"
                + " in their committees or too many waited.");
    votes =
        metrics.gauge(
            "auriga_slashing_votes", "Votes compared since the start, without repetitions.");
    ignored =
        metrics.gauge(
            "auriga_slashing_votes_ignored",
            "Votes left alone since the start: of a form that no block could carry, or too old.");
    forgotten =
        metrics.gauge(
            "auriga_slashing_votes_forgotten",
            "Votes not remembered any more because too many different ones were cast.");
    epochs = metrics.gauge("auriga_slashing_history_epochs", "Epochs whose votes are remembered.");
    stops =
        metrics.counter(
            "auriga_slashing_stops_total",
            "Local stops since the start, by action and how they ended: done, failed or dry_run.",
            "action",
            "outcome");
    doppelgangers =
        metrics.counter(
            "auriga_slashing_doppelgangers_total",
            "Messages of watched validators found since the start that their own client did not"
                + " sign, by reason: off, not_signed or signed_other.",
            "reason");
    judged =
        metrics.gauge(
            "auriga_slashing_doppelganger_watched",
            "Watched validators seen to vote whose client's record is known or that are declared"
                + " off; of the others nobody says what their client signed.");
    unreadable =
        metrics.gauge(
            "auriga_slashing_client_files_unreadable",
            "Files of slashing.clients that cannot be read as they are.");
  }

  void doppelganger(Doppelganger found) {
    doppelgangers.labelValues(found.reason().name().toLowerCase(Locale.ROOT)).inc();
  }

  void judged(long validators) {
    judged.set((double) validators);
  }

  /** Says how many files of clients cannot be read. */
  public void unreadableFiles(long files) {
    unreadable.set((double) files);
  }

  void found(Offence offence, boolean watched) {
    offences.labelValues(offence.kind(), String.valueOf(watched)).inc();
  }

  void dropped() {
    dropped.inc();
  }

  void unread(int aggregates) {
    unread.inc(aggregates);
  }

  void failed() {
    failures.inc();
  }

  void seen(VoteHistory history) {
    votes.set((double) history.votes());
    ignored.set((double) history.ignored());
    forgotten.set((double) history.forgotten());
    epochs.set((double) history.epochs());
  }

  void stopped(String action, String outcome) {
    stops.labelValues(action, outcome).inc();
  }
}
