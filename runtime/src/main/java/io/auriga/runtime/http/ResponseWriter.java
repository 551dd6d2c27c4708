package io.auriga.runtime.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Puts a response on the wire: security headers, conditional answers, compression. */
final class ResponseWriter {
  /** Below this a packet is a packet. */
  private static final int COMPRESS_FROM = 1024;

  /** The JDK's server copies what it is given in one piece, so pieces are small. */
  private static final int PIECE = 16 << 10;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final HttpServerConfig config;

  ResponseWriter(HttpServerConfig config) {
    this.config = config;
  }

  /** Writes a whole answer; events are not for this method. */
  void write(HttpExchange exchange, Request request, Response response, ExchangeDeadline deadline)
      throws IOException {
    Headers headers = head(exchange, response);
    boolean headOnly = request.method().equals("HEAD");
    if (notModified(request, response)) {
      headers.remove("Content-Type");
      deadline.set(config.stallTime());
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    switch (response.body()) {
      case Response.Body.Bytes whole -> {
        byte[] bytes = whole.bytes();
        if (compressible(response)) {
          headers.set("Vary", "Accept-Encoding");
          if (bytes.length > COMPRESS_FROM && takesGzip(request)) {
            bytes = compress(bytes);
            headers.set("Content-Encoding", "gzip");
          }
        }
        deadline.set(config.stallTime());
        if (headOnly) {
          headers.set("Content-Length", Integer.toString(bytes.length));
        }
        exchange.sendResponseHeaders(
            response.status(), headOnly || bytes.length == 0 ? -1 : bytes.length);
        if (!headOnly) {
          send(bytes, exchange.getResponseBody(), deadline);
        }
      }
      case Response.Body.Stream(Response.StreamWriter writer) -> {
        boolean gzip = compressible(response) && takesGzip(request);
        headers.set("Vary", "Accept-Encoding");
        if (gzip) {
          headers.set("Content-Encoding", "gzip");
        }
        deadline.set(config.stallTime());
        exchange.sendResponseHeaders(response.status(), headOnly ? -1 : 0);
        if (!headOnly) {
          stream(writer, new PacedStream(exchange.getResponseBody(), deadline, config), gzip);
        }
      }
      case Response.Body.Events events ->
          throw new IllegalStateException("Events are written by their stream: " + events);
    }
  }

  /** Begins an event stream; the caller goes on. */
  OutputStream beginEvents(HttpExchange exchange, Response response, ExchangeDeadline deadline)
      throws IOException {
    Headers headers = head(exchange, response);
    // Asks a proxy such as nginx not to collect the stream.
    headers.set("X-Accel-Buffering", "no");
    deadline.set(config.stallTime());
    exchange.sendResponseHeaders(response.status(), 0);
    deadline.clear();
    return new EventPacing(exchange.getResponseBody(), deadline, config);
  }

  private static Headers head(HttpExchange exchange, Response response) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    response.headers().forEach(headers::set);
    return headers;
  }

  private static boolean notModified(Request request, Response response) {
    Optional<String> etag = response.header("ETag");
    Optional<String> known = request.header("If-None-Match");
    if (etag.isEmpty() || known.isEmpty() || response.status() != 200) {
      return false;
    }
    for (String one : known.get().split(",", -1)) {
      String candidate = one.strip();
      if (candidate.equals("*") || opaque(candidate).equals(opaque(etag.get()))) {
        return true;
      }
    }
    return false;
  }

  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  private static boolean compressible(Response response) {
    String type = response.header("Content-Type").orElse("");
    return type.startsWith("text/")
        || type.startsWith(Response.JSON)
        || type.startsWith("application/openmetrics-text")
        || type.startsWith("application/javascript")
        || type.startsWith("image/svg+xml");
  }

  private static boolean takesGzip(Request request) {
    for (String one : request.header("Accept-Encoding").orElse("").split(",", -1)) {
      String[] parts = one.strip().split(";", -1);
      if (parts[0].strip().equalsIgnoreCase("gzip")) {
        return parts.length < 2 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] compress(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, PIECE)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private void send(byte[] bytes, OutputStream out, ExchangeDeadline deadline) throws IOException {
    for (int sent = 0; sent < bytes.length; sent += PIECE) {
      deadline.set(config.stallTime());
      out.write(bytes, sent, Math.min(PIECE, bytes.length - sent));
    }
  }

  private static void stream(Response.StreamWriter writer, OutputStream paced, boolean gzip)
      throws IOException {
    if (gzip) {
      GZIPOutputStream compressed = new GZIPOutputStream(paced, PIECE);
      writer.write(compressed);
      compressed.finish();
    } else {
      writer.write(paced);
    }
    paced.flush();
  }

  /** Gives each piece its own time limit and the whole another. */
  private static class PacedStream extends OutputStream {
    private final OutputStream out;
    private final ExchangeDeadline deadline;
    private final HttpServerConfig config;
    private final long began = System.nanoTime();

    PacedStream(OutputStream out, ExchangeDeadline deadline, HttpServerConfig config) {
      this.out = out;
      this.deadline = deadline;
      this.config = config;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (System.nanoTime() - began > config.streamTime().toNanos()) {
        throw new IOException("The answer took longer than " + config.streamTime());
      }
      for (int sent = 0; sent < length; sent += PIECE) {
        deadline.set(config.stallTime());
        out.write(bytes, offset + sent, Math.min(PIECE, length - sent));
      }
      // The time until the next piece is the handler's.
      deadline.set(config.answerTime());
    }

    @Override
    public void flush() throws IOException {
      deadline.set(config.stallTime());
      out.flush();
      deadline.set(config.answerTime());
    }
  }

  /** Gives each write a time limit, and none to the wait for the next event. */
  private static final class EventPacing extends OutputStream {
    private final OutputStream out;
    private final ExchangeDeadline deadline;
    private final HttpServerConfig config;

    EventPacing(OutputStream out, ExchangeDeadline deadline, HttpServerConfig config) {
      this.out = out;
      this.deadline = deadline;
      this.config = config;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      deadline.set(config.stallTime());
      out.write(bytes, offset, length);
      deadline.clear();
    }

    @Override
    public void flush() throws IOException {
      deadline.set(config.stallTime());
      out.flush();
      deadline.clear();
    }
  }
}
