package io.auriga.sync.relay;

import io.auriga.sync.relay.jwt.JwtSecret;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An execution client on a real socket that does what a test says. */
final class ScriptedExecution implements AutoCloseable {
  /** What to do with one request; closes the connection by throwing. */
  interface Script {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /** What a connection is after its handshake. */
  interface Raw {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  /** Thrown by a script that turns the connection into something else. */
  static final class TakeOver extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Raw raw;

    TakeOver(Raw raw) {
      this.raw = raw;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(String line, Map<String, String> fields, byte[] body) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  static final JwtSecret SECRET =
      JwtSecret.of(
          new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
            6, 7, 8
          });

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Script script;

  ScriptedExecution(Script script) {
    this(0, script);
  }

  ScriptedExecution(int port, Script script) {
    this.script = script;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 64);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    threads.execute(this::accept);
  }

  /** Says of every payload what {@code status} is. */
  static Script saying(String status) {
    return (request, out) -> answer(out, status(request.text(), status));
  }

  static String status(String request, String status) {
    String payload =
        "{\"status\":\"" + status + "\",\"latestValidHash\":null,\"validationError\":null}";
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"
        + (request.contains("engine_forkchoiceUpdated")
            ? "{\"payloadStatus\":" + payload + ",\"payloadId\":\"0x0000000000000001\"}"
            : payload)
        + "}";
  }

  static void answer(OutputStream out, String body) throws IOException {
    answer(out, body.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(OutputStream out, byte[] body) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  void does(Script other) {
    script = other;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  ExecutionConfig config(String name) {
    return new ExecutionConfig(name, uri(), SECRET);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
      while (true) {
        Request request = read(in);
        requests.add(request);
        try {
          script.answer(request, socket.getOutputStream());
        } catch (TakeOver other) {
          other.raw.run(in, socket.getOutputStream());
          return;
        }
      }
    } catch (IOException ended) {
      // By either side.
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    Map<String, String> fields = new TreeMap<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      int colon = field.indexOf(':');
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    return new Request(line, fields, body(in, fields));
  }

  static byte[] body(InputStream in, Map<String, String> fields) throws IOException {
    if (!fields.containsKey("transfer-encoding")) {
      int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException();
      }
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      byte[] chunk = in.readNBytes(size);
      if (chunk.length < size || !line(in).isEmpty()) {
        throw new EOFException();
      }
      body.write(chunk, 0, size);
    }
    if (!line(in).isEmpty()) {
      throw new IOException("a trailer");
    }
    return body.toByteArray();
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    if (!line.toString().endsWith("\r")) {
      throw new IOException("a bare line feed");
    }
    return line.substring(0, line.length() - 1);
  }

  int openConnections() {
    return open.size();
  }

  /** Ends all connections that are open, as a restart does. */
  void dropConnections() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException broken) {
        // It is closed.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException broken) {
      // It is closed.
    }
    dropConnections();
    threads.shutdownNow();
  }
}
