package io.auriga.benchmarks.relay;

import io.auriga.sync.relay.jwt.JwtIssuer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A consensus client that makes one call after the other on one connection. */
final class ConsensusEnd implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final JwtIssuer issuer;
  private final byte[] buffer = new byte[8 << 10];

  ConsensusEnd(URI to, JwtIssuer issuer) throws IOException {
    this.issuer = issuer;
    socket = new Socket(to.getHost(), to.getPort());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Nanoseconds from the first byte of the request to the last of the answer. */
  long call(byte[] body) throws IOException {
    byte[] head = head(body.length);
    // In one write, as clients do with what fits.
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    long began = System.nanoTime();
    out.write(whole);
    await();
    return System.nanoTime() - began;
  }

  /** Sends {@code times} times the same piece as one body. */
  void stream(byte[] begin, byte[] piece, int times) throws IOException {
    out.write(head(begin.length + (long) piece.length * times));
    out.write(begin);
    for (int i = 0; i < times; i++) {
      out.write(piece);
    }
    await();
  }

  private byte[] head(long length) {
    return ("POST / HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "User-Agent: bench/1\r\n"
            + "Content-Type: application/json\r\n"
            + "Authorization: Bearer "
            + issuer.token()
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void await() throws IOException {
    int held = 0;
    while (held < 4 || buffer[held - 1] != '}' || buffer[held - 2] != '}') {
      int count = in.read(buffer, held, buffer.length - held);
      if (count < 0) {
        throw new EOFException("no answer");
      }
      held += count;
    }
    String answer = new String(buffer, 0, held, StandardCharsets.ISO_8859_1);
    if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("VALID")) {
      throw new IOException(answer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
