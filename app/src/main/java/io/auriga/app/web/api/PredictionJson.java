package io.auriga.app.web.api;

import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.PredictionQuality;
import io.auriga.withdrawals.prediction.Predictor;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of predictions: see {@code openapi.json}. */
final class PredictionJson {
  private final JsonGenerator generator;
  private final ApiJson json;
  private final SlotClock clock;

  PredictionJson(JsonGenerator generator, SlotClock clock) {
    this.generator = generator;
    this.json = new ApiJson(generator);
    this.clock = clock;
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
    generator.writeArrayPropertyStart("validators");
    answer.outlooks().forEach(this::outlook);
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private void outlook(Outlook outlook) {
    generator.writeStartObject();
    json.text("validatorIndex", outlook.validator().index())
        .text("address", outlook.validator().credentials().address())
        .text("balance", outlook.validator().balance())
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
    generator.writeEndObject();
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
