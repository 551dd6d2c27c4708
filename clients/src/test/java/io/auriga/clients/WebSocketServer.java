package io.auriga.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Just enough of RFC 6455 to stand in for a node: unfragmented text frames below 64 KiB. */
public final class WebSocketServer implements AutoCloseable {
  /** Speaks on one connection after the first message was received. */
  @FunctionalInterface
  public interface Script {
    void run(String firstMessage, Connection connection) throws IOException, InterruptedException;
  }

  /** Something to wait for. */
  @FunctionalInterface
  public interface Wait {
    void await() throws InterruptedException;
  }

  /** The server's side of a connection. */
  public record Connection(OutputStream out) {
    public void send(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length < 126) {
        out.write(new byte[] {(byte) 0x81, (byte) bytes.length});
      } else {
        out.write(new byte[] {(byte) 0x81, 126, (byte) (bytes.length >> 8), (byte) bytes.length});
      }
      out.write(bytes);
      out.flush();
    }
  }

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch inputEnded = new CountDownLatch(1);
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public WebSocketServer(Script script) {
    this(() -> {}, script);
  }

  /**
   * @param beforeHandshake returns when the handshake may be answered
   */
  public WebSocketServer(Wait beforeHandshake, Script script) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    threads.execute(
        () -> {
          while (!socket.isClosed()) {
            try {
              Socket connection = socket.accept();
              open.add(connection);
              threads.execute(() -> serve(connection, beforeHandshake, script));
            } catch (IOException closed) {
              return;
            }
          }
        });
  }

  private void serve(Socket connection, Wait beforeHandshake, Script script) {
    try (connection) {
      InputStream in = connection.getInputStream();
      String key = handshakeKey(in);
      beforeHandshake.await();
      byte[] accept =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      RawServer.write(
          connection.getOutputStream(),
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(accept)
              + "\r\n\r\n");
      String first = readMessage(in);
      if (first.isEmpty()) {
        inputEnded.countDown();
        return;
      }
      script.run(first, new Connection(connection.getOutputStream()));
    } catch (IOException gone) {
      // The client went away.
      inputEnded.countDown();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String handshakeKey(InputStream in) throws IOException {
    // One byte at a time, so that nothing of the first frame is taken.
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no handshake");
      }
      head.append((char) next);
    }
    for (String line :
        new BufferedReader(new java.io.StringReader(head.toString())).lines().toList()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        return line.substring(18).strip();
      }
    }
    throw new IOException("no key in the handshake");
  }

  /** Empty where the client said nothing and went away. */
  private static String readMessage(InputStream in) throws IOException {
    if (in.read() < 0) {
      return "";
    }
    int length = in.read() & 0x7f;
    if (length == 126) {
      length = in.read() << 8 | in.read();
    }
    byte[] mask = in.readNBytes(4);
    byte[] text = in.readNBytes(length);
    for (int i = 0; i < text.length; i++) {
      text[i] ^= mask[i % 4];
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Waits until a client went away before it said anything; fails if it stays. */
  public void awaitEndOfInput() throws InterruptedException {
    if (!inputEnded.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the client's side of the WebSocket is still open");
    }
  }

  public URI uri() {
    return URI.create("ws://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    } finally {
      threads.shutdownNow();
    }
  }
}
