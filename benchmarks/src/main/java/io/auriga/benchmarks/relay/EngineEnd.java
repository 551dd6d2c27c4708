package io.auriga.benchmarks.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An execution client that reads a call to its end and answers VALID, and does nothing else. */
final class EngineEnd implements AutoCloseable {
  private static final int READ = 256 << 10;
  private static final byte[] BODY =
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"status\":\"VALID\",\"latestValidHash\":\"0x"
              + "ab".repeat(32)
              + "\",\"validationError\":null}}")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + BODY.length
              + "\r\n\r\n"
              + new String(BODY, StandardCharsets.US_ASCII))
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;

  EngineEnd() {
    try {
      listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    Thread.ofPlatform().daemon().name("bench-accept").start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("bench-engine").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The measurement is over.
    }
  }

  private static void serve(Socket socket) {
    byte[] buffer = new byte[READ];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      while (true) {
        long left = -1;
        int held = 0;
        while (left < 0) {
          int count = in.read(buffer, held, buffer.length - held);
          if (count < 0) {
            return;
          }
          held += count;
          left = left(buffer, held);
        }
        while (left > 0) {
          int count = in.read(buffer);
          if (count < 0) {
            throw new EOFException();
          }
          left -= count;
        }
        out.write(ANSWER);
      }
    } catch (IOException ended) {
      // By the other side.
    }
  }

  /** Bytes of the body that are still to come; -1 within the head. */
  private static long left(byte[] buffer, int held) {
    String text = new String(buffer, 0, Math.min(held, 2_048), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return -1;
    }
    int field = text.indexOf("Content-Length: ") + "Content-Length: ".length();
    long length = Long.parseLong(text.substring(field, text.indexOf("\r\n", field)));
    return length - (held - end - 4);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
