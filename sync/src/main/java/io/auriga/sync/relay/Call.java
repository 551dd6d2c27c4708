package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Body;
import io.auriga.sync.relay.http.MalformedHttpException;
import io.auriga.sync.relay.http.RequestHead;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.scan.RequestFacts;
import io.auriga.sync.relay.scan.RequestScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being passed on: its head, the beginning of its body, which is held so that it
 * can be sent again, and the rest, which passes once.
 */
final class Call implements AutoCloseable {
  private final RequestHead request;
  private final Instant received;
  private final long began;
  private final Wire client;
  private final Body body;
  private final ByteBuffer window;
  private final RequestScanner scanner = new RequestScanner();
  private final Tap tap;

  /**
   * @param began by {@link System#nanoTime}
   * @param window for the beginning of the body
   */
  Call(
      RequestHead request,
      Instant received,
      long began,
      Wire client,
      ByteBuffer window,
      long bodyBytesMax,
      RelayMetrics metrics) {
    this.request = request;
    this.received = received;
    this.began = began;
    this.client = client;
    this.body = new Body(client, request.framing(), bodyBytesMax);
    this.window = window.clear();
    this.tap = Tap.of(request.head(), scanner, metrics);
  }

  /** Reads the beginning of the body: all of a small one. */
  void open() throws ClientGoneException {
    while (window.hasRemaining()) {
      ByteBuffer piece = fromClient(window.remaining());
      if (piece == null) {
        break;
      }
      tap.show(piece);
      window.put(piece);
    }
    window.flip();
    if (body.ended()) {
      tap.end();
    }
  }

  /** The beginning, ready to be sent. */
  ByteBuffer window() {
    return window.rewind();
  }

  /** Whether nothing of the body has been used that could not be sent again. */
  boolean replayable() {
    return body.passed() == window.limit();
  }

  /** The next piece behind the beginning; null at the end. Has to be shown after it was sent. */
  @Nullable ByteBuffer next() throws ClientGoneException {
    ByteBuffer piece = fromClient(Wire.BUFFER_BYTES);
    if (piece == null) {
      tap.end();
    }
    return piece;
  }

  /** Lets the scanner see a piece; off the way of the bytes themselves. */
  void show(ByteBuffer piece, int from, int to) {
    tap.show(piece, from, to);
  }

  private @Nullable ByteBuffer fromClient(int max) throws ClientGoneException {
    try {
      return body.next(max);
    } catch (MalformedHttpException broken) {
      throw new ClientGoneException(broken);
    } catch (IOException gone) {
      throw new ClientGoneException(gone);
    }
  }

  RequestFacts facts() {
    return tap.read(scanner::facts, RequestFacts.NONE);
  }

  RequestHead request() {
    return request;
  }

  Wire client() {
    return client;
  }

  Instant received() {
    return received;
  }

  /** Since the request's first byte. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  long bytes() {
    return body.passed();
  }

  /** Whether the whole request has been taken from the connection. */
  boolean taken() {
    return body.ended();
  }

  @Override
  public void close() {
    tap.close();
  }
}
