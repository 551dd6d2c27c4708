package io.auriga.app.web.page;

import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.withdrawals.WithdrawalRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Draws payments, past and expected, as a {@link PaymentChart}. */
final class PaymentCharts {
  /** As many stems as a laptop's width holds apart. */
  static final int PAYMENTS = 200;

  private static final int WIDTH = 1200;
  private static final int MARGIN_LEFT = 64;
  private static final int MARGIN_RIGHT = 20;
  private static final int LABEL_WIDTH = 84;
  private static final int TICKS_MAX = 8;

  /** Amounts below a thousand Gwei stand at that level. */
  private static final int LOWEST_DECADE = -6;

  private static final double GWEI_PER_ETHER = 1e9;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(28),
          Duration.ofDays(91),
          Duration.ofDays(364));

  private static final DateTimeFormatter TIME = formatter("HH:mm");
  private static final DateTimeFormatter DAY = formatter("d MMM");
  private static final DateTimeFormatter MONTH = formatter("MMM uuuu");

  /** An expected payment: an interval in time, the likeliest moment, and the amount. */
  record Expected(Instant earliest, Instant likeliest, Instant latest, Gwei amount) {}

  private final Instant now;
  private final Instant from;
  private final Instant to;
  private final int lowestDecade;
  private final int highestDecade;

  private PaymentCharts(
      List<WithdrawalRecord> records, List<Expected> expected, Instant now, Duration atLeast) {
    this.now = now;
    Instant oldest = records.isEmpty() ? now.minus(atLeast) : records.getLast().time();
    Instant latest = expected.stream().map(Expected::latest).max(Instant::compareTo).orElse(now);
    Instant end = latest.isAfter(now) ? latest : now;
    // Some room on both sides, so that nothing stands on the very edge.
    Duration span = Duration.between(oldest, end);
    Duration room = (span.compareTo(atLeast) < 0 ? atLeast : span).dividedBy(40);
    this.from = oldest.minus(room);
    this.to = end.plus(room);
    DoubleSummaryStatistics decades =
        Stream.concat(
                records.stream().map(record -> record.withdrawal().amount()),
                expected.stream().map(Expected::amount))
            .mapToDouble(PaymentCharts::decade)
            .summaryStatistics();
    this.lowestDecade = decades.getCount() == 0 ? -1 : (int) Math.floor(decades.getMin());
    this.highestDecade = Math.max(lowestDecade + 1, (int) Math.ceil(decades.getMax()));
  }

  /**
   * @param records newest first
   * @param shortest what the axis covers at least, such as a slot
   */
  static PaymentChart draw(
      List<WithdrawalRecord> records, List<Expected> expected, Instant now, Duration shortest) {
    return new PaymentCharts(records, expected, now, shortest.multipliedBy(32))
        .chart(records, expected);
  }

  private PaymentChart chart(List<WithdrawalRecord> records, List<Expected> expected) {
    List<PaymentChart.Stem> stems =
        records.reversed().stream()
            .map(
                record ->
                    new PaymentChart.Stem(
                        Rows.chip(record.stage()).css(),
                        x(record.time()),
                        y(record.withdrawal().amount()),
                        "%s ETH at %s, withdrawal %s"
                            .formatted(
                                text(record.withdrawal().amount()),
                                Moment.of(record.time(), now).exact(),
                                Digits.grouped(record.withdrawal().index().value())),
                        "/withdrawals/" + record.withdrawal().index()))
            .toList();
    List<PaymentChart.Expectation> expectations =
        expected.stream()
            .map(
                next ->
                    new PaymentChart.Expectation(
                        x(next.earliest()),
                        x(next.likeliest()),
                        x(next.latest()),
                        y(next.amount()),
                        "Expected: %s ETH at about %s, between %s and %s"
                            .formatted(
                                text(next.amount()),
                                Moment.of(next.likeliest(), now).exact(),
                                Moment.of(next.earliest(), now).exact(),
                                Moment.of(next.latest(), now).exact())))
            .toList();
    String summary =
        "%s%s"
            .formatted(
                Digits.counted(stems.size(), "payment"),
                expectations.isEmpty()
                    ? ""
                    : " and " + Digits.counted(expectations.size(), "expected payment"));
    return new PaymentChart(WIDTH, x(now), summary, stems, expectations, guides(), ticks());
  }

  private int x(Instant at) {
    double share =
        Duration.between(from, at).toMillis() / (double) Duration.between(from, to).toMillis();
    return MARGIN_LEFT
        + (int) Math.round(Math.clamp(share, 0, 1) * (WIDTH - MARGIN_LEFT - MARGIN_RIGHT));
  }

  private int y(Gwei amount) {
    return y(decade(amount));
  }

  private int y(double decade) {
    double share = Math.clamp((decade - lowestDecade) / (highestDecade - lowestDecade), 0, 1);
    // Even the least stands clear of the base line.
    double lift = 0.12 + 0.88 * share;
    return (int) Math.round(PaymentChart.BASE - lift * (PaymentChart.BASE - PaymentChart.TOP));
  }

  private List<PaymentChart.Guide> guides() {
    List<PaymentChart.Guide> guides = new ArrayList<>();
    // Labels lie apart enough up to five decades; beyond them every second is named.
    int step = highestDecade - lowestDecade > 5 ? 2 : 1;
    for (int decade = lowestDecade; decade <= highestDecade; decade += step) {
      String label =
          decade < 0
              ? String.format(Locale.ROOT, "%." + -decade + "f", Math.pow(10, decade))
              : Digits.grouped((long) Math.pow(10, decade));
      guides.add(new PaymentChart.Guide(y((double) decade), label));
    }
    return guides;
  }

  private List<PaymentChart.Tick> ticks() {
    long span = Duration.between(from, to).toSeconds();
    long step =
        STEPS.stream()
            .mapToLong(Duration::toSeconds)
            .filter(seconds -> span / seconds <= TICKS_MAX)
            .findFirst()
            .orElse(span / TICKS_MAX);
    DateTimeFormatter format = step < 86_400 ? TIME : step < 28 * 86_400 ? DAY : MONTH;
    List<PaymentChart.Tick> ticks = new ArrayList<>();
    long first = Math.ceilDiv(from.getEpochSecond(), step) * step;
    for (long at = first; at <= to.getEpochSecond(); at += step) {
      Instant moment = Instant.ofEpochSecond(at);
      if (x(moment) < WIDTH - LABEL_WIDTH) {
        ticks.add(new PaymentChart.Tick(x(moment), format.format(moment)));
      }
    }
    return ticks;
  }

  private static String text(Gwei gwei) {
    Amount amount = Amount.inRow(gwei);
    return amount.whole() + "." + amount.fraction();
  }

  /** The logarithm of an amount in ether. */
  private static double decade(Gwei gwei) {
    double ether = UInt64.toBigInteger(gwei.value()).doubleValue() / GWEI_PER_ETHER;
    return Math.max(LOWEST_DECADE, Math.log10(ether));
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
