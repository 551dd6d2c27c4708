package io.auriga.app.web.api;

import io.auriga.app.web.WebInputs;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.record.SlotRecordJson;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The routes of verdicts on slots. */
final class SyncRoutes {
  private final WebInputs inputs;

  SyncRoutes(WebInputs inputs) {
    this.inputs = inputs;
  }

  void register(Routes routes, String base) {
    routes.get(base + "/sync/slots", this::slots).get(base + "/sync/slots/{slot}", this::slot);
  }

  private Response slots(Request request) {
    request.requireOnly("limit", "cursor");
    int limit = RestApi.limit(request);
    Optional<Slot> before = request.query("cursor", Slot::parseDecimal);
    List<SlotRecord> records = inputs.slots().latest(limit, before, Instant.EPOCH);
    // The pairs of a slot stay together: one that is not whole comes with the next page.
    boolean more = records.size() == limit;
    List<SlotRecord> whole =
        more
            ? records.stream()
                .filter(record -> !record.slot().equals(records.getLast().slot()))
                .toList()
            : records;
    List<SlotRecord> page = whole.isEmpty() ? records : whole;
    return envelope(page, more ? Optional.of(page.getLast().slot().toString()) : Optional.empty());
  }

  private Response slot(Request request) {
    request.requireOnly();
    Slot slot = request.pathParameter("slot", Slot::parseDecimal);
    List<SlotRecord> records = inputs.slots().of(slot);
    if (records.isEmpty()) {
      throw new HttpException(
          HttpError.NOT_FOUND, "show slot " + slot, "no verdict on it is kept here");
    }
    return envelope(records, Optional.empty());
  }

  private Response envelope(List<SlotRecord> records, Optional<String> next) {
    return RestApi.envelope(
        inputs.network(),
        next,
        generator -> {
          generator.writeStartArray();
          records.forEach(record -> SlotRecordJson.write(generator, record));
          generator.writeEndArray();
        });
  }
}
