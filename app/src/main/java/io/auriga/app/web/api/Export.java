package io.auriga.app.web.api;

import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json;
import io.auriga.runtime.http.Response;
import io.auriga.types.Hex;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/**
 * Everything that a filter asks for as one file, written row by row from one state of the store.
 */
final class Export {
  /**
   * Each holds one of the store's few readers for as long as its client takes; the rest of them is
   * for pages.
   */
  private static final int AT_ONCE = 2;

  private final WithdrawalQueries queries;
  private final Semaphore places = new Semaphore(AT_ONCE);

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

  /**
   * @throws HttpException {@code AUR-HTTP-BUSY} if as many are written as may be at once
   */
  Response response(WithdrawalFilter filter, Format format) {
    if (places.availablePermits() == 0) {
      throw new HttpException(
          HttpError.BUSY, "export withdrawals", AT_ONCE + " exports are under way already");
    }
    return switch (format) {
      case CSV ->
          Response.stream(Response.CSV, stream -> placed(() -> csv(filter, stream)))
              .withHeader("Content-Disposition", "attachment; filename=\"withdrawals.csv\"");
      case JSON ->
          Response.stream(Response.JSON, stream -> placed(() -> json(filter, stream)))
              .withHeader("Content-Disposition", "attachment; filename=\"withdrawals.json\"");
    };
  }

  /** Only a body that is really written takes a place; one that finds none is cut off. */
  private void placed(Writing body) throws IOException {
    if (!places.tryAcquire()) {
      throw new IOException("Another export was faster");
    }
    try {
      body.write();
    } finally {
      places.release();
    }
  }

  private interface Writing {
    void write() throws IOException;
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
      line(writer, WithdrawalCsv.HEADING);
      queries.export(filter, record -> line(writer, WithdrawalCsv.line(record)));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    writer.flush();
  }

  private static void line(Writer writer, String line) {
    try {
      writer.write(line);
      writer.write("\r\n");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
