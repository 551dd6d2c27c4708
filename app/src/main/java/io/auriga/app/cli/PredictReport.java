package io.auriga.app.cli;

import io.auriga.app.web.api.PredictionJson;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.prediction.ExitOutlook;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.prediction.Together;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What {@code withdrawals predict} prints.
 *
 * @param exits what leaving would come to, if that was asked
 * @param spec of the network
 */
record PredictReport(
    Predictor.Answer answer,
    Optional<Predictor.ExitAnswer> exits,
    SlotClock clock,
    ChainSpec spec) {
  private static final int GWEI_DIGITS = 9;

  private boolean isOfSeveral() {
    return answer.outlooks().size() > 1;
  }

  /** A line for each validator, and one for all of them where there are several. */
  void printJson(PrintWriter out) {
    Slot head = answer.head().slot();
    Map<ValidatorIndex, ExitOutlook> leaving =
        exits.map(Predictor.ExitAnswer::outlooks).stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(one -> one.validator().index(), Function.identity()));
    for (Outlook outlook : answer.outlooks()) {
      Optional<ExitOutlook> exit = Optional.ofNullable(leaving.get(outlook.validator().index()));
      out.println(PredictionJson.line(clock, json -> json.outlookLine(head, outlook, exit)));
    }
    if (isOfSeveral()) {
      out.println(
          PredictionJson.line(clock, json -> json.togetherLine(head, answer.together(), exits)));
    }
  }

  void print(PrintWriter out) {
    if (answer.outlooks().isEmpty()) {
      out.println("None of these validators exists.");
      return;
    }
    Instant now = clock.now();
    payments(out, now);
    answer.outlooks().stream()
        .filter(outlook -> outlook.nothing().isPresent())
        .forEach(
            outlook ->
                out.println(
                    "The sweep pays validator %s nothing: %s."
                        .formatted(outlook.validator().index(), outlook.nothing().orElseThrow())));
    if (isOfSeveral()) {
      together(out, answer.together(), now);
    }
    out.printf(
        "%nThe sweep is at validator %d of %d; a lap takes %d slots.%n",
        answer.sweep().cursor(), answer.sweep().validators(), answer.sweep().lapSlots());
    exits.ifPresent(asked -> leaving(out, asked, now));
  }

  private void payments(PrintWriter out, Instant now) {
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.left("KIND"),
            TextTable.Column.left("EXPECTED (UTC)"),
            TextTable.Column.left("IN"),
            TextTable.Column.right("SLOT"),
            TextTable.Column.left("NINE OF TEN"),
            TextTable.Column.right("ETH"));
    for (Outlook outlook : answer.outlooks()) {
      for (Prediction payment : outlook.payments()) {
        Instant when = startOf(payment.slot().slot());
        table.add(
            outlook.validator().index().toString(),
            payment.kind().lowerName(),
            when.toString(),
            TimeText.ago(when, now),
            String.valueOf(payment.slot().slot()),
            payment.slot().low() + ".." + payment.slot().high(),
            ether(payment.amount().amount()));
      }
    }
    table.print(out);
  }

  private void together(PrintWriter out, Together together, Instant now) {
    out.printf(
        "%nTogether: %d validators, to %d of which something is to come",
        together.validators(), together.paid());
    together
        .next()
        .ifPresent(
            next ->
                out.printf(
                    ", next to %s at %s (%s)",
                    next.validator(),
                    startOf(next.slot().slot()),
                    TimeText.ago(startOf(next.slot().slot()), now)));
    out.println(".");
    if (together.leaving() > 0) {
      out.printf(
          "%d of them %s%s.%n",
          together.leaving(),
          together.leaving() == 1 ? "leaves" : "leave",
          together.nextExit().map(epoch -> ", the next in epoch " + epoch).orElse(""));
    }
    TextTable table =
        new TextTable(
            TextTable.Column.left("WITHIN"),
            TextTable.Column.right("PAYMENTS"),
            TextTable.Column.right("ETH"),
            TextTable.Column.left("NINE OF TEN"));
    for (Together.Period period : together.periods()) {
      table.add(
          period.span().toHours() <= 24
              ? period.span().toHours() + " h"
              : period.span().toDays() + " d",
          String.valueOf(period.payments()),
          ether(period.sum().amount()),
          ether(period.sum().low()) + ".." + ether(period.sum().high()));
    }
    table.print(out);
  }

  private void leaving(PrintWriter out, Predictor.ExitAnswer asked, Instant now) {
    out.printf(
        "%nIf each of them asked to leave now, in epoch %s (nothing says that one will):%n",
        asked.queue().now());
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.left("EXIT EPOCH"),
            TextTable.Column.left("WITHDRAWABLE"),
            TextTable.Column.left("PAID (UTC)"),
            TextTable.Column.left("IN"),
            TextTable.Column.right("ETH"),
            TextTable.Column.left("NOTE"));
    for (ExitOutlook outlook : asked.outlooks()) {
      Exit exit = exit(outlook);
      Optional<Instant> when = exit.last().map(payment -> startOf(payment.slot().slot()));
      table.add(
          outlook.validator().index().toString(),
          exit.exit(),
          exit.withdrawable(),
          when.map(Instant::toString).orElse(""),
          when.map(at -> TimeText.ago(at, now)).orElse(""),
          exit.last().map(payment -> ether(payment.amount().amount())).orElse(""),
          exit.note());
    }
    table.print(out);
    asked
        .together()
        .filter(all -> all.validators() > 1)
        .ifPresent(
            all ->
                out.printf(
                    "If all %d asked at once, they would be out in %s (%s), the last to be paid"
                        + " from epoch %s on.%n",
                    all.validators(),
                    all.first().soonest().toString().equals(all.last().toString())
                        ? "epoch " + all.last()
                        : "epochs " + all.first().soonest() + " to " + all.last(),
                    startOf(all.last().latest()),
                    all.withdrawable()));
  }

  /** The cells of one line. */
  private record Exit(String exit, String withdrawable, Optional<Prediction> last, String note) {}

  private static Exit exit(ExitOutlook outlook) {
    return switch (outlook) {
      case ExitOutlook.Leaving one ->
          new Exit(
              one.exit().toString(), one.withdrawable().toString(), one.last(), outlook.note());
      case ExitOutlook.IfNow one ->
          new Exit(
              one.exit().toString(), one.withdrawable().toString(), one.last(), outlook.note());
      case ExitOutlook.NotNow _ -> new Exit("", "", Optional.empty(), outlook.note());
    };
  }

  private Instant startOf(long slot) {
    return clock.startOf(new Slot(slot));
  }

  private Instant startOf(Epoch epoch) {
    return clock.startOf(spec.startSlotOf(epoch));
  }

  private static String ether(long gwei) {
    return new BigDecimal(BigInteger.valueOf(gwei), GWEI_DIGITS).toPlainString();
  }
}
