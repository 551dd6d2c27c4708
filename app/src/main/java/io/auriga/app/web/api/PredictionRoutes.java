package io.auriga.app.web.api;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json.JsonWriter;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.statement.Groups;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The routes of predictions, and of groups, whom one asks them for. */
final class PredictionRoutes {
  private static final int UNAVAILABLE = 503;

  private final WebInputs inputs;

  PredictionRoutes(WebInputs inputs) {
    this.inputs = inputs;
  }

  void register(Routes routes, String base) {
    routes
        .get(base + "/groups", this::groups)
        .get(base + "/predictions", this::predictions)
        .get(base + "/predictions/exits", this::exits)
        .get(base + "/predictions/quality", this::quality);
  }

  private record Asked(Set<ValidatorId> validators, Set<Address> addresses) {}

  private Asked asked(Request request) {
    request.requireOnly("validatorIndex", "address", "group");
    WithdrawalFilter filter = FilterParameters.parse(request);
    Set<ValidatorId> validators = new LinkedHashSet<>();
    filter.validators().forEach(index -> validators.add(ValidatorId.of(index)));
    Set<String> names = FilterParameters.names(request, "group");
    Groups groups = inputs.groups().get();
    for (String name : names) {
      members(groups, name).forEach(index -> validators.add(ValidatorId.of(index)));
    }
    if (validators.isEmpty() && filter.addresses().isEmpty() && names.isEmpty()) {
      throw new HttpException(
          HttpError.BAD_REQUEST,
          "predict withdrawals",
          "neither validatorIndex, address nor group is given");
    }
    return new Asked(validators, filter.addresses());
  }

  private Set<ValidatorIndex> members(Groups groups, String name) {
    Groups.Group group =
        groups
            .find(name)
            .orElseThrow(
                () ->
                    new HttpException(
                        HttpError.NOT_FOUND,
                        "find group " + Hex.abbreviate(name),
                        "the configuration names no such group"));
    return groups.members(group, inputs.paid(), Predictor.VALIDATORS_MAX + 1);
  }

  private Response predictions(Request request) {
    Asked asked = asked(request);
    return answer(
        () -> inputs.predictions().predict(asked.validators(), asked.addresses()),
        (json, answer) -> json.answer(answer));
  }

  private Response exits(Request request) {
    Asked asked = asked(request);
    return answer(
        () -> inputs.predictions().exits(asked.validators(), asked.addresses()),
        (json, answer) -> json.exits(answer));
  }

  private <T> Response answer(Supplier<T> question, BiConsumer<PredictionJson, T> form) {
    try {
      T answer = question.get();
      return envelope(
          generator -> form.accept(new PredictionJson(generator, inputs.clock()), answer));
    } catch (NodeException unanswered) {
      return Response.error(UNAVAILABLE, unanswered);
    } catch (AurigaException refused) {
      if (refused.errorCode() == WithdrawalError.BAD_FILTER) {
        return Response.error(HttpError.BAD_REQUEST.status(), refused);
      }
      if (refused.errorCode() == WithdrawalError.NO_FORECAST
          || refused.errorCode() == WithdrawalError.NO_EXIT_QUEUE) {
        return Response.error(UNAVAILABLE, refused);
      }
      throw refused;
    }
  }

  private Response quality(Request request) {
    request.requireOnly();
    return envelope(
        generator ->
            new PredictionJson(generator, inputs.clock()).quality(inputs.predictions().quality()));
  }

  private Response groups(Request request) {
    request.requireOnly();
    return envelope(
        generator -> {
          generator.writeStartArray();
          for (Groups.Group group : inputs.groups().get().all()) {
            generator.writeStartObject();
            new ApiJson(generator)
                .text("name", group.name())
                .text("validators", group.validators().size())
                .text("addresses", group.addresses().size());
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }

  private Response envelope(JsonWriter data) {
    return RestApi.envelope(inputs.network(), Optional.empty(), data);
  }
}
