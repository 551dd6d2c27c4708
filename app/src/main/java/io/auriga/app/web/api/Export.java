package io.auriga.app.web.api;

import io.auriga.runtime.http.Json;
import io.auriga.runtime.http.Response;
import io.auriga.types.Hex;
import io.auriga.withdrawals.StageTimes;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/**
 * Everything that a filter asks for as one file, written row by row from one state of the store.
 */
final class Export {
  /** The columns, named as the properties of the JSON form. */
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "validatorIndex",
          "address",
          "amount",
          "slot",
          "timestamp",
          "position",
          "blockRoot",
          "blockNumber",
          "blockHash",
          "withdrawalsRoot",
          "stage",
          "consensusAt",
          "executionAt",
          "safeAt",
          "finalizedAt",
          "orphanedAt",
          "kind",
          "kindEvidence");

  private final WithdrawalQueries queries;

  Export(WithdrawalQueries queries) {
    this.queries = queries;
  }

  /** What the file is written in. */
  enum Format {
    CSV,
    JSON;

    static Format parse(String text) {
      return switch (text) {
        case "csv" -> CSV;
        case "json" -> JSON;
        default ->
            throw new IllegalArgumentException("neither csv nor json: " + Hex.abbreviate(text));
      };
    }
  }

  Response response(WithdrawalFilter filter, Format format) {
    return switch (format) {
      case CSV ->
          Response.stream(Response.CSV, stream -> csv(filter, stream))
              .withHeader("Content-Disposition", "attachment; filename=\"withdrawals.csv\"");
      case JSON ->
          Response.stream(Response.JSON, stream -> json(filter, stream))
              .withHeader("Content-Disposition", "attachment; filename=\"withdrawals.json\"");
    };
  }

  private void json(WithdrawalFilter filter, OutputStream stream) throws IOException {
    try (JsonGenerator generator = Json.generator(stream)) {
      ApiJson json = new ApiJson(generator);
      generator.writeStartArray();
      queries.export(
          filter,
          record -> {
            generator.writeRaw('\n');
            json.withdrawal(record);
          });
      generator.writeEndArray();
    } catch (JacksonException gone) {
      throw new IOException("The reader of the export went away", gone);
    }
  }

  private void csv(WithdrawalFilter filter, OutputStream stream) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    try {
      writer.write(String.join(",", COLUMNS) + "\r\n");
      queries.export(filter, record -> line(writer, record));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    writer.flush();
  }

  /** No value can hold a comma, a quote or a line break: all are numbers, hex, names or times. */
  private static void line(Writer writer, WithdrawalRecord record) {
    StageTimes times = record.times();
    String line =
        String.join(
            ",",
            record.withdrawal().index().toString(),
            record.withdrawal().validatorIndex().toString(),
            record.withdrawal().address().toHex(),
            record.withdrawal().amount().toString(),
            record.slot().toString(),
            Long.toString(record.time().getEpochSecond()),
            Integer.toString(record.position()),
            record.blockRoot().toHex(),
            record.blockNumber().toString(),
            record.blockHash().toHex(),
            record.withdrawalsRoot().toHex(),
            record.stage().lowerName(),
            times.consensus().toString(),
            time(times.execution()),
            time(times.safe()),
            time(times.finalized()),
            time(times.orphaned()),
            record.kind().wireName(),
            record.evidence().wireName());
    try {
      writer.write(line);
      writer.write("\r\n");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }
}
