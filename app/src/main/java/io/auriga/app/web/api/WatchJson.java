package io.auriga.app.web.api;

import io.auriga.chain.Problem;
import io.auriga.types.BlsPublicKey;
import io.auriga.validators.watched.WatchKeeper;
import io.auriga.validators.watched.Watched;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** The JSON forms of who is watched: see {@code openapi.json}. */
final class WatchJson {
  /** Whoever wants all asks the command line. */
  private static final int SHOWN = 100;

  private final JsonGenerator generator;
  private final ApiJson json;

  WatchJson(JsonGenerator generator) {
    this.generator = generator;
    this.json = new ApiJson(generator);
  }

  void summary(String name, WatchKeeper.Status status) {
    generator.writeObjectPropertyStart(name);
    json.text("named", status.list().named())
        .text("validators", status.watched().validators().size())
        .text("pending", status.watched().pending().count())
        .text("findings", status.watched().findings().size())
        .text("readAt", status.readAt())
        .text("resolvedAt", status.resolvedAt());
    problem("refusal", status.refusal());
    problem("unanswered", status.unanswered());
    generator.writeEndObject();
  }

  private void problem(String name, Optional<Problem> problem) {
    if (problem.isEmpty()) {
      generator.writeNullProperty(name);
      return;
    }
    generator.writeObjectPropertyStart(name);
    json.text("code", problem.get().code())
        .text("message", problem.get().message())
        .text("remedy", problem.get().remedy())
        .text("since", problem.get().since());
    generator.writeEndObject();
  }

  void whole(WatchKeeper.Status status) {
    Watched watched = status.watched();
    generator.writeStartObject();
    summary("watch", status);
    generator.writeArrayPropertyStart("scopes");
    watched
        .scopes()
        .forEach(
            (scope, indices) -> {
              generator.writeStartObject();
              json.text("scope", scope).text("validators", indices.length);
              generator.writeEndObject();
            });
    generator.writeEndArray();
    texts("pendingIndices", watched.pending().indices(), Object::toString);
    texts("pendingKeys", watched.pending().keys(), BlsPublicKey::toHex);
    texts("pendingAddresses", watched.pending().addresses(), Object::toString);
    generator.writeArrayPropertyStart("findings");
    watched.findings().stream()
        .limit(SHOWN)
        .forEach(
            finding -> {
              generator.writeStartObject();
              json.text("code", finding.error().code())
                  .text("problem", finding.problem())
                  .text("remedy", finding.error().remedy());
              generator.writeEndObject();
            });
    generator.writeEndArray();
    generator.writeEndObject();
  }

  private <T> void texts(String name, List<T> values, Function<T, String> text) {
    generator.writeArrayPropertyStart(name);
    values.stream().limit(SHOWN).map(text).forEach(generator::writeString);
    generator.writeEndArray();
  }
}
