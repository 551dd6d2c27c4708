package io.auriga.sync.relay;

import io.auriga.sync.relay.http.AnswerHead;
import io.auriga.sync.relay.http.Framing;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.http.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes the heads that the relay sends: what came, less what concerns one connection alone. */
final class Heads {
  /** Holds a head that came, and what is added. */
  static final int BYTES_MAX = Head.BYTES_MAX + (8 << 10);

  /** For the four-timestamp method: when an answer left us, and when its request came. */
  static final String SENT = "X-Sync-TS";

  static final String RECEIVED = "X-Sync-TS-Received";

  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Heads() {}

  /** The head of a request to an execution client, ready to be sent. */
  static void request(RequestHead request, Execution execution, ByteBuffer target) {
    request(request, execution, false, target);
  }

  /** The same, of one that asks for a WebSocket. */
  static void upgrade(RequestHead request, Execution execution, ByteBuffer target) {
    request(request, execution, true, target);
  }

  private static void request(
      RequestHead request, Execution execution, boolean upgrades, ByteBuffer target) {
    target.clear();
    put(target, request.method() + " " + execution.path() + request.target() + " HTTP/1.1\r\n");
    Head head = request.head();
    for (int field = 0; field < head.fields(); field++) {
      boolean ours =
          isOfConnection(head, field)
              || head.is(field, "host")
              || head.is(field, "authorization")
              || head.is(field, "expect")
              || head.is(field, "sec-websocket-extensions");
      if (!ours) {
        head.copy(field, target);
      }
    }
    put(target, "Host: " + execution.authority() + "\r\n");
    put(target, "Authorization: Bearer " + execution.token() + "\r\n");
    if (upgrades) {
      put(target, UPGRADE);
    }
    if (!request.framing().equals(Framing.NONE) || request.method().equals("POST")) {
      framing(request.framing(), target);
    }
    put(target, "\r\n");
    target.flip();
  }

  /**
   * The head of an answer to a consensus client, ready to be sent.
   *
   * @param framing as the body will be sent
   */
  static void answer(
      AnswerHead answer,
      Framing framing,
      boolean closes,
      Instant received,
      Instant now,
      ByteBuffer target) {
    target.clear();
    put(target, "HTTP/1.1 " + answer.status() + " " + answer.reason() + "\r\n");
    Head head = answer.head();
    for (int field = 0; field < head.fields(); field++) {
      boolean ours =
          isOfConnection(head, field)
              || head.is(field, "x-sync-ts")
              || head.is(field, "x-sync-ts-received");
      if (!ours) {
        head.copy(field, target);
      }
    }
    if (answer.status() == 101) {
      put(target, UPGRADE);
    } else if (answer.status() != 204 && answer.status() != 304) {
      framing(framing, target);
    }
    end(closes, received, now, target);
  }

  /** The head of an answer in our own words. */
  static void own(
      int status, int length, boolean closes, Instant received, Instant now, ByteBuffer target) {
    target.clear();
    put(target, "HTTP/1.1 " + status + " " + reason(status) + "\r\n");
    put(target, "Content-Type: application/json\r\n");
    framing(Framing.ofLength(length), target);
    end(closes, received, now, target);
  }

  private static void end(boolean closes, Instant received, Instant now, ByteBuffer target) {
    put(target, SENT + ": " + nanos(now) + "\r\n");
    put(target, RECEIVED + ": " + nanos(received) + "\r\n");
    put(target, closes ? "Connection: close\r\n\r\n" : "\r\n");
    target.flip();
  }

  private static void framing(Framing framing, ByteBuffer target) {
    switch (framing.kind()) {
      case FIXED -> put(target, "Content-Length: " + framing.length() + "\r\n");
      case CHUNKED -> put(target, "Transfer-Encoding: chunked\r\n");
      case TO_THE_END -> {
        // The end of the connection is the end of the body.
      }
    }
  }

  /** Fields that concern one connection alone (RFC 9110, 7.6.1), and the body's framing. */
  private static boolean isOfConnection(Head head, int field) {
    return head.is(field, "connection")
        || head.is(field, "keep-alive")
        || head.is(field, "proxy-connection")
        || head.is(field, "te")
        || head.is(field, "trailer")
        || head.is(field, "upgrade")
        || head.is(field, "content-length")
        || head.is(field, "transfer-encoding");
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }

  static void put(ByteBuffer target, String text) {
    target.put(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Error";
    };
  }
}
