package io.auriga.sync.relay;

import io.auriga.sync.relay.jwt.JwtIssuer;
import io.auriga.sync.relay.jwt.JwtSecret;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A consensus client's end of a connection, byte by byte. */
final class ConsensusSocket implements AutoCloseable {
  static final JwtSecret SECRET = JwtSecret.of(new byte[32]);
  private static final int PATIENCE_MILLIS = 20_000;

  final Socket socket;
  final InputStream in;
  private final String agent;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> fields, byte[] body) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  ConsensusSocket(URI relay) throws IOException {
    this(relay, "tester/1");
  }

  ConsensusSocket(URI relay, String agent) throws IOException {
    this.agent = agent;
    this.socket = new Socket(relay.getHost(), relay.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static String token() {
    return new JwtIssuer(SECRET, InstantSource.system()).token();
  }

  String head(String framing) {
    return "POST / HTTP/1.1\r\nHost: relay\r\nUser-Agent: %s\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
        .formatted(agent, token(), framing);
  }

  void raw(String text) throws IOException {
    raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  Answer call(String body) throws IOException {
    return call(body.getBytes(StandardCharsets.UTF_8));
  }

  Answer call(byte[] body) throws IOException {
    raw(head("Content-Length: " + body.length));
    raw(body);
    return answer();
  }

  Answer answer() throws IOException {
    String line = ScriptedExecution.line(in);
    Map<String, String> fields = new TreeMap<>();
    for (String field = ScriptedExecution.line(in);
        !field.isEmpty();
        field = ScriptedExecution.line(in)) {
      int colon = field.indexOf(':');
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    if (status < 200) {
      return new Answer(status, fields, new byte[0]);
    }
    boolean toTheEnd =
        !fields.containsKey("content-length") && !fields.containsKey("transfer-encoding");
    byte[] body = toTheEnd ? in.readAllBytes() : ScriptedExecution.body(in, fields);
    return new Answer(status, fields, body);
  }

  /** Whether the other side has ended the connection, in order or not. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException | java.net.SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
