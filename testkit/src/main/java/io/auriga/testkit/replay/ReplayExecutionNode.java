package io.auriga.testkit.replay;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.testkit.time.PacedTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An execution client on loopback that knows a recorded chain as far as its time has come. JSON-RPC
 * over HTTP only: there is no WebSocket.
 */
public final class ReplayExecutionNode implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 1 << 20;

  private final ExecutionRpc rpc;
  private final LoopbackServer server;

  /**
   * Listens at once.
   *
   * @param port 0 for one that is free
   */
  public ReplayExecutionNode(Recording recording, PacedTime time, int port) {
    this.rpc = new ExecutionRpc(recording, time);
    this.server = new LoopbackServer("replay-execution", port, this::handle);
  }

  public URI uri() {
    return server.uri();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Reply.failure(405, "Only POST is served").sendTo(exchange);
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      Reply.failure(413, "A request has at most " + BODY_BYTES_MAX + " bytes").sendTo(exchange);
    } else {
      Reply.json(rpc.answer(new String(body, StandardCharsets.UTF_8))).sendTo(exchange);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
