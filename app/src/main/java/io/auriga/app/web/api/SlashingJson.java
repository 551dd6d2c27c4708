package io.auriga.app.web.api;

import io.auriga.app.web.SlashingView;
import io.auriga.validators.slashing.Doppelganger;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.WatchState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of the slashing watch: see {@code openapi.json}. */
final class SlashingJson {
  private final JsonGenerator generator;
  private final ApiJson json;

  SlashingJson(JsonGenerator generator) {
    this.generator = generator;
    this.json = new ApiJson(generator);
  }

  void view(SlashingView view) {
    generator.writeStartObject();
    json.text("watching", view.watching())
        .text("historyEpochs", view.historyEpochs())
        .truth("stopArmed", view.armed());
    state(view.state());
    list("offences", view.offences(), this::offence);
    list("doppelgangers", view.doppelgangers(), this::doppelganger);
    list("stops", view.stops(), this::stop);
    list("outages", view.outages(), this::outage);
    list("sources", view.sources(), this::source);
    generator.writeEndObject();
  }

  private <T> void list(String name, List<T> items, Consumer<T> form) {
    generator.writeArrayPropertyStart(name);
    for (T item : items) {
      generator.writeStartObject();
      form.accept(item);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  private void state(Optional<WatchState> state) {
    if (state.isEmpty()) {
      generator.writeNullProperty("state");
      return;
    }
    generator.writeObjectPropertyStart("state");
    json.text("asOf", state.get().at())
        .text("votes", state.get().votes())
        .text("epochs", state.get().epochs())
        .text("bytes", state.get().bytes())
        .text("votesIgnored", state.get().ignored())
        .text("votesForgotten", state.get().forgotten());
    generator.writeEndObject();
  }

  private void offence(OffenceBook.Entry offence) {
    json.text("kind", offence.kind())
        .text("validatorIndex", offence.validator())
        .text("slot", offence.slot())
        .truth("watched", offence.watched())
        .text("earlier", offence.earlier())
        .text("later", offence.later())
        .text("foundAt", offence.foundAt());
  }

  private void doppelganger(DoppelgangerBook.Entry entry) {
    Doppelganger found = entry.found();
    json.text("kind", found.kind().name().toLowerCase(Locale.ROOT))
        .text("validatorIndex", found.validator())
        .text("slot", found.slot())
        .text("reason", found.reason().name().toLowerCase(Locale.ROOT))
        .text("message", found.message())
        .text("seenIn", found.where())
        .text("seenAt", found.seenAt())
        .text("said", found.said())
        .text("foundAt", entry.at());
  }

  private void stop(OffenceBook.Stop stop) {
    json.text("action", stop.action())
        .text("validatorIndex", stop.validator())
        .truth("dryRun", stop.dryRun())
        .text("reason", stop.reason())
        .text("intendedAt", stop.intendedAt())
        .text("attempts", stop.attempts())
        .text("outcome", stop.outcome());
  }

  private void outage(DoppelgangerBook.Outage outage) {
    json.text("validatorIndex", outage.validator())
        .text("from", outage.from())
        .text("until", outage.until())
        .text("note", outage.note());
  }

  private void source(SigningRecords.Source source) {
    json.text("source", source.name())
        .text("keys", source.keys())
        .text("asOf", source.asOf())
        .text("readAt", source.readAt());
  }
}
