package io.auriga.clients.execution;

import io.auriga.clients.Finding;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Tries whether an execution client lets heads be subscribed to. */
public final class NewHeadsProbe {
  private static final String CHECK = "new heads";
  private static final String ASKED = "subscribe to new heads";
  private static final String REMEDY =
      "Nothing is lost, since the beacon nodes' events wake Auriga as well; enable the WebSocket"
          + " and its eth namespace, or leave the address out";

  private NewHeadsProbe() {}

  /** Subscribes, waits for the answer and hangs up. */
  public static Finding examine(HttpEndpoint webSocket) {
    try {
      @Nullable RpcError refusal = subscribe(webSocket);
      return refusal == null
          ? Finding.ok(CHECK, webSocket.name(), "heads are pushed")
          : Finding.warning(
              CHECK, webSocket.name(), "it refuses the subscription, " + refusal, REMEDY);
    } catch (NodeException failed) {
      return Finding.of(Finding.Severity.WARNING, CHECK, failed);
    } catch (IOException | JacksonException | JsonView.Unexpected failed) {
      return Finding.warning(CHECK, webSocket.name(), NodeException.detailOf(failed), REMEDY);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Finding.warning(CHECK, webSocket.name(), "it was not tried to its end", REMEDY);
    }
  }

  /** Null if it is accepted. */
  private static @Nullable RpcError subscribe(HttpEndpoint endpoint)
      throws IOException, InterruptedException {
    WebSocketMessages messages = new WebSocketMessages(NewHeadsStream.MAX_MESSAGE_LENGTH);
    WebSocket webSocket = endpoint.openWebSocket(messages, ASKED);
    try {
      NewHeadsStream.send(webSocket, endpoint.config().limits().requestDeadline());
      String answer = messages.next(webSocket, endpoint.config().limits().requestDeadline());
      if (answer == null) {
        throw new IOException(
            "no answer came within " + endpoint.config().limits().requestDeadline());
      }
      return refusal(endpoint.json(), answer);
    } finally {
      webSocket.abort();
    }
  }

  private static @Nullable RpcError refusal(NodeJson json, String answer) {
    boolean accepted = false;
    try (JsonParser parser = json.parser(answer.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("the answer is not an object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("error") && value != JsonToken.VALUE_NULL) {
          return RpcError.read(parser);
        }
        accepted |= name.equals("result") && value == JsonToken.VALUE_STRING;
        parser.skipChildren();
      }
    }
    if (!accepted) {
      throw new JsonView.Unexpected("the answer names no subscription");
    }
    return null;
  }
}
