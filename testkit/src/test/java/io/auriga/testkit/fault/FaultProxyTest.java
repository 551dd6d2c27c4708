package io.auriga.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int ANSWER_LENGTH = 20_000;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final byte[] REQUEST = "Tell me\n".getBytes(StandardCharsets.UTF_8);

  private final byte[] whole = new byte[ANSWER_LENGTH];
  private final ServerSocket server;
  private final FaultProxy proxy;

  FaultProxyTest() throws IOException {
    new Random(1).nextBytes(whole);
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.before(URI.create("http://127.0.0.1:" + server.getLocalPort()));
  }

  @BeforeEach
  void start() {
    Thread.ofVirtual().start(this::serve);
  }

  /** Gives the same answer to every request, and closes. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        if (client.getInputStream().readNBytes(REQUEST.length).length == REQUEST.length) {
          client.getOutputStream().write(whole);
        }
      } catch (IOException gone) {
        // A client that was cut off; the next one is served.
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
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
  void passesEverythingWithoutAFault() throws IOException {
    assertThat(ask()).isEqualTo(whole);
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
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.accepted() > before);

      proxy.cutAll();

      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> readToEnd(socket));
    }
  }

  @Test
  void closesThePortAndEveryConnection() throws IOException {
    int before = proxy.accepted();
    proxy.next(new Fault.Hang());
    try (Socket socket = connect()) {
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proxy.accepted() > before);
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
