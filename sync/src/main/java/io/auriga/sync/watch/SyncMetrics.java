package io.auriga.sync.watch;

import io.auriga.clients.http.ConnectProbe;
import io.auriga.clients.http.ExchangeTiming;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.slot.Diagnosis;
import io.auriga.sync.slot.Segment;
import io.auriga.sync.slot.Stage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;

/** What the watch over slots counts. */
public final class SyncMetrics {
  private static final List<Double> OF_SLOT =
      List.of(
          0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0,
          12.0);
  private static final List<Double> OF_RPC =
      List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter verdicts;
  private final Histogram stages;
  private final Histogram marks;
  private final Histogram rpc;
  private final Gauge offset;
  private final Gauge uncertainty;
  private final Gauge article;
  private final Gauge behindClock;
  private final Gauge behindFleet;
  private final Gauge jump;

  public SyncMetrics(Metrics metrics) {
    this.verdicts =
        metrics.counter(
            "auriga_sync_verdicts_total",
            "Slots by the verdict on them; one whose block a reorg took away later counts again.",
            "node",
            "verdict");
    this.stages =
        metrics.histogram(
            "auriga_sync_stage_seconds",
            "What a block took on its way to be the head: arrival, dispatch, execution, data,"
                + " import; only those with marks at both ends.",
            OF_SLOT,
            "node",
            "stage");
    this.marks =
        metrics.histogram(
            "auriga_sync_mark_seconds",
            "Time into the slot at which something happened.",
            OF_SLOT,
            "node",
            "mark");
    this.rpc =
        metrics.histogram(
            "auriga_sync_rpc_seconds",
            "What asking a node takes: connect and tls of a connection opened for that, first_byte"
                + " on one that stood, opening_and_first_byte on a new one, rest until the last"
                + " byte, decode of small JSON.",
            OF_RPC,
            "node",
            "stage");
    this.offset =
        metrics.gauge(
            "auriga_sync_clock_offset_seconds",
            "How far a node's clock is ahead of ours: the middle of what is possible.",
            "node");
    this.uncertainty =
        metrics.gauge(
            "auriga_sync_clock_uncertainty_seconds",
            "How far off auriga_sync_clock_offset_seconds may be, either way; if it is larger than"
                + " the offset, there may be none.",
            "node");
    this.article =
        metrics.gauge(
            "auriga_sync_article_formula_seconds",
            "(server_resp - recv) + (header_ts - server_resp) of the last answer with X-Sync-TS."
                + " For comparison only: it is the clocks' offset less the way back, not a delay.",
            "node");
    this.behindClock =
        metrics.gauge(
            "auriga_sync_head_behind_clock_slots",
            "Slots between a node's head and the slot that lasts; missed slots are among them.",
            "layer",
            "node");
    this.behindFleet =
        metrics.gauge(
            "auriga_sync_head_behind_fleet_slots",
            "Slots between a node's head and the best head of all nodes.",
            "layer",
            "node");
    this.jump =
        metrics.gauge(
            "auriga_sync_wall_clock_jump_seconds",
            "How far this machine's clock was last set, while Auriga ran; slewing is not seen.");
  }

  /** From here on the wall clock was set, and not only slewed. */
  private static final Duration JUMP = Duration.ofMillis(5);

  /** A pair's verdict on a slot. */
  public void judged(Diagnosis diagnosis) {
    String node = diagnosis.pair().node();
    verdicts.labelValues(node, diagnosis.verdict().code()).inc();
    for (Segment segment : diagnosis.segments()) {
      segment
          .stage()
          .map(Stage::wireName)
          .ifPresent(stage -> stages.labelValues(node, stage).observe(seconds(segment.took())));
    }
    diagnosis
        .pair()
        .marks()
        .forEach((mark, at) -> marks.labelValues(node, mark.wireName()).observe(seconds(at)));
  }

  /** A connection was opened to see how long that takes. */
  public void connected(String node, ConnectProbe.Timing timing) {
    rpc.labelValues(node, "connect").observe(seconds(timing.connect()));
    timing.tls().ifPresent(tls -> rpc.labelValues(node, "tls").observe(seconds(tls)));
  }

  void exchanged(String node, ExchangeTiming timing) {
    String first = timing.opened() ? "opening_and_first_byte" : "first_byte";
    rpc.labelValues(node, first).observe(seconds(timing.firstByte()));
    rpc.labelValues(node, "rest").observe(seconds(timing.rest()));
  }

  void decoded(String node, Duration took) {
    rpc.labelValues(node, "decode").observe(seconds(took));
  }

  void article(String node, Duration value) {
    article.labelValues(node).set(seconds(value));
  }

  void clock(String node, ClockBound bound) {
    offset.labelValues(node).set(seconds(bound.offset()));
    uncertainty.labelValues(node).set(seconds(bound.uncertainty()));
  }

  void head(String layer, String node, long behindClockSlots, long behindFleetSlots) {
    behindClock.labelValues(layer, node).set((double) behindClockSlots);
    behindFleet.labelValues(layer, node).set((double) behindFleetSlots);
  }

  /** The wall clock was read again. */
  public void jumped(Duration by) {
    if (by.abs().compareTo(JUMP) > 0) {
      jump.set(seconds(by));
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }
}
