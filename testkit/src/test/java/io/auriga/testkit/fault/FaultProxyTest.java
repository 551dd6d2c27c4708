package io.auriga.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int BODY_LENGTH = 20_000;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8);

  private final byte[] body = new byte[BODY_LENGTH];
  private HttpServer server;
  private FaultProxy proxy;
  private byte[] whole;

  FaultProxyTest() throws IOException {
    Arrays.fill(body, (byte) 'x');
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy = FaultProxy.before(uri());
    whole = new byte[0];
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @BeforeEach
  void start() throws IOException {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Date", "always the same");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    whole = ask();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private byte[] ask() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().readAllBytes();
    }
  }

  private int bytesUntilReset() throws IOException {
    int read = 0;
    try (Socket socket = connect()) {
      socket.getOutputStream().write(REQUEST);
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        read++;
      }
    } catch (IOException reset) {
      return read;
    }
    throw new AssertionError("the connection ended in good order after " + read + " bytes");
  }

  @Test
  void passesEverythingWithoutAFault() {
    assertThat(new String(whole, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
    assertThat(whole.length).isGreaterThan(BODY_LENGTH);
    assertThat(whole[whole.length - 1]).isEqualTo((byte) 'x');
  }

  @Test
  void truncatesAsIfThatWereAll() throws IOException {
    proxy.always(new Fault.TruncateAfter(1_000));

    assertThat(ask()).hasSize(1_000).isEqualTo(Arrays.copyOf(whole, 1_000));
  }

  @Test
  void cutsWithAReset() throws IOException {
    proxy.always(new Fault.CutAfter(1_000));

    assertThat(bytesUntilReset()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void putsGarbageIntoTheMiddle() throws IOException {
    proxy.always(new Fault.GarbageAfter(500, 64, 7));

    byte[] seen = ask();

    assertThat(seen).hasSize(whole.length + 64);
    assertThat(Arrays.copyOf(seen, 500)).isEqualTo(Arrays.copyOf(whole, 500));
    assertThat(Arrays.copyOfRange(seen, 564, seen.length))
        .isEqualTo(Arrays.copyOfRange(whole, 500, whole.length));
  }

  @Test
  void refusesTheNextConnectionsAndThenNoMore() throws IOException {
    proxy.next(new Fault.Refuse(), new Fault.Refuse());

    assertThat(bytesUntilReset()).isZero();
    assertThat(bytesUntilReset()).isZero();
    assertThat(ask()).isEqualTo(whole);
  }

  @Test
  void hangsWithoutAWord() throws IOException {
    proxy.next(new Fault.Hang());
    try (Socket socket = connect()) {
      socket.getOutputStream().write(REQUEST);
      socket.setSoTimeout(50);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(socket.getInputStream()::read);
    }
  }

  @Test
  void delaysAndDripsButLosesNothing() throws IOException {
    proxy.next(new Fault.Delay(Duration.ofMillis(1)), new Fault.Drip(Duration.ofNanos(1)));

    assertThat(ask()).isEqualTo(whole);
    assertThat(ask()).isEqualTo(whole);
  }

  @Test
  void cutsConnectionsThatAreOpen() throws IOException {
    int before = proxy.accepted();
    try (Socket socket = connect()) {
      Awaitility.await().until(() -> proxy.accepted() > before);

      proxy.cutAll();

      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readToEnd(socket));
    }
  }

  @Test
  void closesThePortAndEveryConnection() throws IOException {
    int before = proxy.accepted();
    proxy.next(new Fault.Hang());
    try (Socket socket = connect()) {
      Awaitility.await().until(() -> proxy.accepted() > before);
      proxy.close();

      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readToEnd(socket));
      assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
    }
  }

  private static void readToEnd(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new SocketException("the end");
    }
  }

  @Test
  void theStandingFaultCanBeLifted() throws IOException {
    proxy.always(new Fault.Refuse());
    assertThat(bytesUntilReset()).isZero();

    proxy.always(new Fault.None());

    assertThat(ask()).isEqualTo(whole);
  }

  @Test
  void countsConnections() throws IOException {
    int before = proxy.accepted();

    byte[] unused = ask();

    assertThat(unused).isNotEmpty();
    assertThat(proxy.accepted()).isEqualTo(before + 1);
  }
}
