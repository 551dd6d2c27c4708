package io.auriga.app.web.api;

import io.auriga.clients.consensus.Validator;
import io.auriga.runtime.http.Json;
import io.auriga.types.Address;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.prediction.ExitOutlook;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.PredictionQuality;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.prediction.Together;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of predictions: see {@code openapi.json}. */
public final class PredictionJson {
  private final JsonGenerator generator;
  private final ApiJson json;
  private final SlotClock clock;

  PredictionJson(JsonGenerator generator, SlotClock clock) {
    this.generator = generator;
    this.json = new ApiJson(generator);
    this.clock = clock;
  }

  /** One value without a line break in it, for a command's output. */
  public static String line(SlotClock clock, Consumer<PredictionJson> value) {
    return new String(
        Json.bytes(generator -> value.accept(new PredictionJson(generator, clock))),
        StandardCharsets.UTF_8);
  }

  void answer(Predictor.Answer answer) {
    generator.writeStartObject();
    json.reference("head", Optional.of(answer.head()));
    generator.writeObjectPropertyStart("sweep");
    Predictor.SweepState sweep = answer.sweep();
    json.text("cursor", sweep.cursor())
        .text("validators", sweep.validators())
        .text("lapBlocks", sweep.lapBlocks())
        .text("lapSlots", sweep.lapSlots());
    ratio("missed", sweep.missed());
    ratio("known", sweep.known());
    generator.writeEndObject();
    generator.writeName("together");
    together(answer.together());
    generator.writeArrayPropertyStart("validators");
    answer
        .outlooks()
        .forEach(
            outlook -> {
              generator.writeStartObject();
              outlook(outlook);
              generator.writeEndObject();
            });
    generator.writeEndArray();
    generator.writeEndObject();
  }

  /** The fields of one validator's object, for a line of its own. */
  public void outlookLine(Slot head, Outlook outlook, Optional<ExitOutlook> exit) {
    generator.writeStartObject();
    json.text("headSlot", head);
    outlook(outlook);
    exit.ifPresent(this::ifExited);
    generator.writeEndObject();
  }

  /** All of them as one, for a line of its own. */
  public void togetherLine(Slot head, Together together, Optional<Predictor.ExitAnswer> exits) {
    generator.writeStartObject();
    json.text("headSlot", head);
    generator.writeName("together");
    together(together);
    exits.ifPresent(
        answer -> {
          generator.writeName("ifAllExitedNow");
          allOut(answer.together());
        });
    generator.writeEndObject();
  }

  private void outlook(Outlook outlook) {
    validator(outlook.validator());
    json.text("balance", outlook.validator().balance())
        .text("effectiveBalance", outlook.validator().effectiveBalance())
        .text("exitEpoch", outlook.exit())
        .text("withdrawableEpoch", outlook.withdrawable())
        .text("nothing", outlook.nothing());
    generator.writeArrayPropertyStart("payments");
    outlook.payments().forEach(this::payment);
    generator.writeEndArray();
    generator.writeArrayPropertyStart("queue");
    for (Outlook.QueuePlace place : outlook.queue()) {
      generator.writeStartObject();
      json.text("place", place.place())
          .text("amount", place.amount())
          .text("withdrawableEpoch", place.withdrawable());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private void validator(Validator validator) {
    json.text("validatorIndex", validator.index())
        .text("address", validator.credentials().address().map(Address::toHex));
  }

  private void together(Together together) {
    generator.writeStartObject();
    json.text("validators", together.validators())
        .text("paid", together.paid())
        .text("leaving", together.leaving())
        .text("nextExitEpoch", together.nextExit());
    payment("next", together.next());
    json.text("nextValidatorIndex", together.next().map(Prediction::validator));
    generator.writeArrayPropertyStart("periods");
    for (Together.Period period : together.periods()) {
      generator.writeStartObject();
      json.text("hours", period.span().toHours())
          .text("untilSlot", period.untilSlot())
          .text("payments", period.payments())
          .text("amount", period.sum().amount())
          .text("amountLow", period.sum().low())
          .text("amountHigh", period.sum().high());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  void exits(Predictor.ExitAnswer answer) {
    generator.writeStartObject();
    json.reference("head", Optional.of(answer.head()));
    generator.writeObjectPropertyStart("queue");
    json.text("askedInEpoch", answer.queue().now())
        .text("unit", answer.queue().best().rules().byBalance() ? "gwei" : "validators")
        .text("endEpoch", answer.queue().best().end())
        .text("room", answer.queue().best().room())
        .text("roomLeast", answer.queue().worst().room())
        .text("perEpoch", answer.queue().best().churn())
        .text("perEpochLeast", answer.queue().worst().churn());
    generator.writeEndObject();
    generator.writeName("ifAllExitedNow");
    allOut(answer.together());
    generator.writeArrayPropertyStart("validators");
    for (ExitOutlook outlook : answer.outlooks()) {
      generator.writeStartObject();
      validator(outlook.validator());
      ifExited(outlook);
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void ifExited(ExitOutlook outlook) {
    generator.writeObjectPropertyStart("ifExitedNow");
    switch (outlook) {
      case ExitOutlook.Leaving leaving ->
          exit("leaving", Optional.empty(), Optional.empty())
              .epochs(
                  leaving.exit(), leaving.exit(), leaving.withdrawable(), leaving.withdrawable())
              .payment("last", leaving.last());
      case ExitOutlook.NotNow refused ->
          exit("refused", Optional.of(refused.reason()), refused.from())
              .noEpochs()
              .payment("last", Optional.empty());
      case ExitOutlook.IfNow could ->
          exit("possible", Optional.empty(), Optional.empty())
              .epochs(
                  could.exit().soonest(),
                  could.exit().latest(),
                  could.withdrawable().soonest(),
                  could.withdrawable().latest())
              .payment("last", could.last());
    }
    generator.writeEndObject();
  }

  private PredictionJson exit(String state, Optional<String> reason, Optional<Epoch> from) {
    json.text("state", state).text("reason", reason).text("fromEpoch", from);
    return this;
  }

  private PredictionJson epochs(Epoch exit, Epoch exitLatest, Epoch paid, Epoch paidLatest) {
    json.text("exitEpoch", exit)
        .text("exitEpochLatest", exitLatest)
        .text("withdrawableEpoch", paid)
        .text("withdrawableEpochLatest", paidLatest);
    return this;
  }

  private PredictionJson noEpochs() {
    Optional<Epoch> none = Optional.empty();
    json.text("exitEpoch", none)
        .text("exitEpochLatest", none)
        .text("withdrawableEpoch", none)
        .text("withdrawableEpochLatest", none);
    return this;
  }

  private void allOut(Optional<Predictor.AllOut> all) {
    if (all.isEmpty()) {
      generator.writeNull();
      return;
    }
    generator.writeStartObject();
    json.text("validators", all.get().validators())
        .text("firstExitEpoch", all.get().first().soonest())
        .text("lastExitEpoch", all.get().last().soonest())
        .text("lastExitEpochLatest", all.get().last().latest())
        .text("lastWithdrawableEpoch", all.get().withdrawable().soonest())
        .text("lastWithdrawableEpochLatest", all.get().withdrawable().latest());
    generator.writeEndObject();
  }

  private void payment(String name, Optional<Prediction> payment) {
    generator.writeName(name);
    payment.ifPresentOrElse(this::payment, generator::writeNull);
  }

  private void payment(Prediction payment) {
    generator.writeStartObject();
    json.text("kind", payment.kind().lowerName())
        .text("slot", payment.slot().slot())
        .text("slotLow", payment.slot().low())
        .text("slotHigh", payment.slot().high())
        .text("timestamp", seconds(payment.slot().slot()))
        .text("timestampLow", seconds(payment.slot().low()))
        .text("timestampHigh", seconds(payment.slot().high()))
        .text("amount", payment.amount().amount())
        .text("amountLow", payment.amount().low())
        .text("amountHigh", payment.amount().high());
    generator.writeEndObject();
  }

  private long seconds(long slot) {
    return clock.startOf(new Slot(slot)).getEpochSecond();
  }

  void quality(PredictionQuality quality) {
    generator.writeStartObject();
    json.text("open", quality.open());
    generator.writeArrayPropertyStart("kinds");
    for (Prediction.Kind kind : Prediction.Kind.values()) {
      PredictionQuality.Figures figures = quality.kinds().get(kind);
      if (figures != null) {
        generator.writeStartObject();
        json.text("kind", kind.lowerName()).text("outcomes", figures.outcomes());
        ratio("medianError", figures.medianError());
        ratio("highError", figures.highError());
        ratio("slotsHeld", figures.slotsHeld());
        ratio("amountsHeld", figures.amountsHeld());
        generator.writeEndObject();
      }
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void ratio(String name, double ratio) {
    json.text(name, String.format(Locale.ROOT, "%.6f", ratio));
  }
}
