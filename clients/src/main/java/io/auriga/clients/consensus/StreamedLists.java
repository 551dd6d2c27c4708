package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.http.BoundedStream;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.clients.http.StreamedBody;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;

/** Lists within a state that may be long, read while they come: their text is never held whole. */
final class StreamedLists {
  /** A quarter of a million validators are 120 MB of JSON. */
  private static final long BYTES_MAX = 1 << 28;

  /** A link of 100 Mbit/s carries 120 MB in ten seconds; a node may think as long before. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String JSON = "application/json";

  private final HttpEndpoint endpoint;

  StreamedLists(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Empty where the node does not serve it, or refuses the question. */
  <T> Optional<StateAnswer<List<T>>> read(
      String path, String asked, int limit, Function<JsonParser, T> element) {
    HttpResponse<StreamedBody> response = endpoint.open(path, JSON, asked, PATIENCE);
    try (StreamedBody body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> Optional.of(parsed(body, asked, limit, element));
        case 400, 404, 405, 410 -> Optional.empty();
        case 401, 403 -> throw refused(ClientError.UNAUTHORIZED, response, asked);
        default -> throw refused(ClientError.STATUS, response, asked);
      };
    }
  }

  private RuntimeException refused(
      ClientError error, HttpResponse<StreamedBody> response, String asked) {
    int status = response.statusCode();
    return endpoint.statusFailure(error, asked, status, "status " + status);
  }

  private <T> StateAnswer<List<T>> parsed(
      StreamedBody body, String asked, int limit, Function<JsonParser, T> element) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (BoundedStream answer = new BoundedStream(body, BYTES_MAX, PATIENCE, deadline);
        JsonParser parser = endpoint.json().parser(answer)) {
      return StateJson.list(parser, limit, element);
    } catch (JacksonIOException broken) {
      throw endpoint.failure(
          ClientError.UNREACHABLE, asked, String.valueOf(broken.getOriginalMessage()), broken);
    } catch (JacksonException malformed) {
      throw endpoint.failure(
          NodeJson.errorOf(malformed), asked, NodeJson.describe(malformed), malformed);
    } catch (JsonView.Unexpected malformed) {
      throw endpoint.failure(
          ClientError.MALFORMED, asked, String.valueOf(malformed.getMessage()), malformed);
    }
  }
}
