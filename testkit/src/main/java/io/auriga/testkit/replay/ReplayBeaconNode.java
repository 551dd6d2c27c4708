package io.auriga.testkit.replay;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.testkit.time.PacedTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A consensus client on loopback that knows a recorded chain as far as its time has come. */
public final class ReplayBeaconNode implements AutoCloseable {
  private static final int BODY_MAX = 4 << 20;

  private final BeaconRoutes routes;
  private final EventStream events;
  private final LoopbackServer server;

  /**
   * Listens at once.
   *
   * @param port 0 for one that is free
   */
  public ReplayBeaconNode(Recording recording, PacedTime time, BeaconQuirks quirks, int port) {
    this.routes = new BeaconRoutes(recording, time, quirks);
    this.events = new EventStream(recording.timeline(), time, quirks);
    this.server = new LoopbackServer("replay-beacon", port, this::handle);
  }

  public URI uri() {
    return server.uri();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    Query query = Query.of(exchange.getRequestURI());
    if (exchange.getRequestMethod().equals("POST")) {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
      Reply reply =
          body.length > BODY_MAX
              ? Reply.failure(413, "The body has more than " + BODY_MAX + " bytes")
              : routes.answerPost(path, query, new String(body, StandardCharsets.UTF_8));
      reply.sendTo(exchange);
    } else if (!exchange.getRequestMethod().equals("GET")) {
      Reply.failure(405, "Only GET and POST are served").sendTo(exchange);
    } else if (path.equals("/eth/v1/events")) {
      events.serve(exchange, query);
    } else {
      routes.answer(path, query, exchange.getRequestHeaders().getFirst("Accept")).sendTo(exchange);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
