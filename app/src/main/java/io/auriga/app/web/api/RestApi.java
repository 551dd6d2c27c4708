package io.auriga.app.web.api;

import io.auriga.app.web.Activity;
import io.auriga.app.web.WebInputs;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json.JsonWriter;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalPage;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.kind.RequestCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The routes under {@code /api/v1}. */
public final class RestApi {
  private static final String BASE = "/api/v1";
  private static final int LIMIT_USUAL = 100;

  private final WebInputs inputs;
  private final WithdrawalQueries queries;
  private final BlockLookup blocks;
  private final StatusJson status;
  private final Export exports;

  public RestApi(WebInputs inputs, Activity activity) {
    this.inputs = inputs;
    this.queries = inputs.queries();
    this.blocks = new BlockLookup(inputs.queries());
    this.status = new StatusJson(inputs, activity);
    this.exports = new Export(queries);
  }

  public void register(Routes routes) {
    byte[] document = document();
    new PredictionRoutes(inputs).register(routes, BASE);
    new RewardRoutes(inputs).register(routes, BASE);
    new SyncRoutes(inputs).register(routes, BASE);
    routes
        .get(BASE + "/openapi.json", request -> Response.bytes(Response.JSON, document))
        .get(BASE + "/status", this::status)
        .get(BASE + "/nodes", this::nodes)
        .get(BASE + "/watched", this::watched)
        .get(BASE + "/slo", this::slo)
        .get(BASE + "/slashing", this::slashing)
        .get(BASE + "/withdrawals", this::withdrawals)
        .get(BASE + "/withdrawals/gaps", this::gaps)
        .get(BASE + "/withdrawals/export", this::export)
        .get(BASE + "/withdrawals/{index}", this::withdrawal)
        .get(BASE + "/withdrawals/{index}/request", this::request)
        .get(BASE + "/reconcile/divergences", this::divergences)
        .get(BASE + "/reconcile/blocks", this::reconciled)
        .get(BASE + "/blocks", this::blocks)
        .get(BASE + "/blocks/{id}", this::block);
  }

  private Response status(Request request) {
    request.requireOnly();
    return envelope(Optional.empty(), status::status);
  }

  private Response nodes(Request request) {
    request.requireOnly();
    return envelope(Optional.empty(), status::nodes);
  }

  private Response watched(Request request) {
    request.requireOnly();
    return envelope(
        Optional.empty(), generator -> new WatchJson(generator).whole(inputs.watch().get()));
  }

  private Response slo(Request request) {
    request.requireOnly();
    return envelope(
        Optional.empty(), generator -> new SloJson(generator).report(inputs.slo().report()));
  }

  private Response slashing(Request request) {
    request.requireOnly();
    return envelope(
        Optional.empty(), generator -> new SlashingJson(generator).view(inputs.slashing().get()));
  }

  private Response withdrawals(Request request) {
    FilterParameters.requireOnly(request, "limit", "cursor");
    WithdrawalFilter filter = FilterParameters.parse(request);
    int limit = limit(request);
    WithdrawalPage page = asked(() -> queries.list(filter, limit, request.query("cursor")));
    return envelope(page.nextCursor(), list(page.records(), json -> json::withdrawal));
  }

  private Response withdrawal(Request request) {
    return envelope(Optional.empty(), list(copies(request), json -> json::withdrawal));
  }

  private Response request(Request request) {
    List<RequestCause> causes = inputs.kinds().cause(copies(request).getFirst()).stream().toList();
    return envelope(Optional.empty(), list(causes, json -> json::cause));
  }

  /** The withdrawal that the path names: the canonical one first. */
  private List<WithdrawalRecord> copies(Request request) {
    request.requireOnly();
    WithdrawalIndex index = request.pathParameter("index", WithdrawalIndex::parseDecimal);
    List<WithdrawalRecord> records = queries.show(index);
    if (records.isEmpty()) {
      throw new HttpException(
          HttpError.NOT_FOUND, "show withdrawal " + index, "no block kept here holds that index");
    }
    return records;
  }

  private Response gaps(Request request) {
    request.requireOnly();
    return envelope(Optional.empty(), list(queries.knownGaps(), json -> json::gap));
  }

  private Response divergences(Request request) {
    request.requireOnly("limit");
    return envelope(
        Optional.empty(),
        list(inputs.reconcile().divergences(limit(request)), json -> json::divergence));
  }

  private Response reconciled(Request request) {
    request.requireOnly("limit");
    return envelope(
        Optional.empty(),
        list(inputs.reconcile().blocks(limit(request)), json -> json::reconciled));
  }

  private Response export(Request request) {
    FilterParameters.requireOnly(request, "format");
    WithdrawalFilter filter = FilterParameters.parse(request);
    Export.Format format = request.query("format", Export.Format::parse).orElse(Export.Format.CSV);
    return exports.response(filter, format);
  }

  private Response blocks(Request request) {
    request.requireOnly("limit", "cursor");
    int limit = limit(request);
    List<BlockRecord> records = queries.blocks(limit, request.query("cursor", Slot::parseDecimal));
    Optional<String> next =
        records.size() < limit
            ? Optional.empty()
            : Optional.of(records.getLast().slot().toString());
    return envelope(next, list(records, json -> json::block));
  }

  private Response block(Request request) {
    request.requireOnly();
    BlockRecord block = blocks.require(request);
    List<WithdrawalRecord> withdrawals = blocks.withdrawals(block);
    return envelope(
        Optional.empty(),
        generator -> {
          ApiJson json = new ApiJson(generator);
          generator.writeStartObject();
          json.blockFields(block);
          json.expectedWithdrawals(inputs.replays().find(block.root()));
          generator.writeArrayPropertyStart("withdrawals");
          withdrawals.forEach(json::withdrawal);
          generator.writeEndArray();
          generator.writeEndObject();
        });
  }

  private <T> io.auriga.runtime.http.Json.JsonWriter list(
      List<T> items, Function<ApiJson, Consumer<T>> form) {
    return generator -> {
      Consumer<T> write = form.apply(new ApiJson(generator));
      generator.writeStartArray();
      items.forEach(write);
      generator.writeEndArray();
    };
  }

  private Response envelope(Optional<String> nextCursor, JsonWriter data) {
    return envelope(inputs.network(), nextCursor, data);
  }

  /** What every answer is wrapped in. */
  static Response envelope(String network, Optional<String> nextCursor, JsonWriter data) {
    return Response.json(
        generator -> {
          generator.writeStartObject();
          generator.writeName("data");
          data.write(generator);
          generator.writeObjectPropertyStart("meta");
          new ApiJson(generator).text("network", network).text("nextCursor", nextCursor);
          generator.writeEndObject();
          generator.writeEndObject();
        });
  }

  static int limit(Request request) {
    return request.query("limit", RestApi::limit).orElse(LIMIT_USUAL);
  }

  private static int limit(String text) {
    int limit = text.length() <= 4 && text.matches("[0-9]+") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > WithdrawalQueries.LIMIT_MAX) {
      throw new IllegalArgumentException(
          "not a number from 1 to " + WithdrawalQueries.LIMIT_MAX + ": " + Hex.abbreviate(text));
    }
    return limit;
  }

  /** What the ledger refuses of a question is the caller's to correct. */
  private static <T> T asked(java.util.function.Supplier<T> question) {
    try {
      return question.get();
    } catch (AurigaException refused) {
      if (refused.errorCode() == WithdrawalError.BAD_CURSOR) {
        throw new HttpException(
            HttpError.BAD_REQUEST,
            "read query parameter cursor",
            "it was not given out for this list and filter",
            refused);
      }
      throw refused;
    }
  }

  private static byte[] document() {
    try (InputStream file = RestApi.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("The program lacks its API document");
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
