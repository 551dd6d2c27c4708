package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.StreamedBody;
import io.auriga.types.Hex;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a node wants to be asked for events. All topics are asked for, repeated; refused
 * with a 4xx, they are asked for with commas; refused again, each is tried alone and the refused
 * ones are dropped. Where a form brings no event at all, the next connection uses the other. Used
 * by one thread.
 */
final class TopicNegotiation {
  private static final int STATUS_OK = 200;
  private static final int STATUS_UNAUTHORIZED = 401;
  private static final int STATUS_FORBIDDEN = 403;
  private static final int STATUS_NOT_FOUND = 404;
  private static final String ACCEPT = "text/event-stream";

  /** An open stream, and the topics it was opened with. */
  record Agreed(Set<Topic> topics, HttpResponse<StreamedBody> response) {}

  private final HttpEndpoint endpoint;
  private final Set<Topic> wanted;
  private final Duration probePatience;
  private TopicForm form = TopicForm.REPEATED;
  private boolean proven;

  TopicNegotiation(HttpEndpoint endpoint, Set<Topic> wanted, Duration probePatience) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("no topics to subscribe to");
    }
    this.endpoint = endpoint;
    this.wanted = EnumSet.copyOf(wanted);
    this.probePatience = probePatience;
  }

  /** An event came: the form of asking is right. */
  void eventCame() {
    proven = true;
  }

  boolean isProven() {
    return proven;
  }

  /** A stream brought nothing; unless this form was right before, the other is tried next. */
  void nothingCame() {
    if (!proven) {
      form = form.other();
    }
  }

  /**
   * Opens a stream.
   *
   * @throws NodeException if the node is unreachable or supports none of the topics
   */
  Agreed connect(Duration patience) throws InterruptedException {
    Agreed agreed = inEitherForm(wanted, patience);
    if (agreed != null) {
      return agreed;
    }
    Set<Topic> supported = probe();
    agreed = supported.isEmpty() ? null : inEitherForm(supported, patience);
    if (agreed == null) {
      throw endpoint.failure(
          ClientError.UNSUPPORTED_ROUTE, asked(wanted), "it refuses each of these topics");
    }
    return agreed;
  }

  private @Nullable Agreed inEitherForm(Set<Topic> topics, Duration patience)
      throws InterruptedException {
    for (TopicForm attempt : new TopicForm[] {form, form.other()}) {
      HttpResponse<StreamedBody> response;
      try {
        response = open(attempt, topics, patience);
      } catch (NodeException failed) {
        if (failed.error() == ClientError.TIMEOUT) {
          nothingCame();
        }
        throw failed;
      }
      if (response != null) {
        form = attempt;
        return new Agreed(topics, response);
      }
    }
    return null;
  }

  private @Nullable HttpResponse<StreamedBody> open(
      TopicForm attempt, Set<Topic> topics, Duration patience) throws InterruptedException {
    HttpResponse<StreamedBody> response =
        endpoint.open(attempt.path(topics), ACCEPT, asked(topics), patience);
    if (response.statusCode() == STATUS_OK) {
      requireEventStream(response, topics);
      return response;
    }
    requireRefusal(response, topics);
    return null;
  }

  private void requireEventStream(HttpResponse<StreamedBody> response, Set<Topic> topics)
      throws InterruptedException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.isEmpty() && !type.toLowerCase(Locale.ROOT).startsWith(ACCEPT)) {
      try (StreamedBody body = response.body()) {
        throw endpoint.statusFailure(
            ClientError.MALFORMED,
            asked(topics),
            STATUS_OK,
            "the answer is "
                + Hex.abbreviate(type)
                + ", not an event stream: "
                + HttpEndpoint.excerptOf(body, probePatience));
      }
    }
  }

  /** Throws unless the status says that the node did not like the topics. */
  private void requireRefusal(HttpResponse<StreamedBody> response, Set<Topic> topics)
      throws InterruptedException {
    int status = response.statusCode();
    try (StreamedBody body = response.body()) {
      if (status == STATUS_UNAUTHORIZED || status == STATUS_FORBIDDEN) {
        throw endpoint.statusFailure(
            ClientError.UNAUTHORIZED, asked(topics), status, "status " + status);
      }
      if (status == STATUS_NOT_FOUND) {
        throw endpoint.statusFailure(
            ClientError.UNSUPPORTED_ROUTE, asked(topics), status, "it has no event stream (404)");
      }
      if (status / 100 != 4) {
        throw endpoint.statusFailure(
            ClientError.STATUS,
            asked(topics),
            status,
            "status " + status + ", " + HttpEndpoint.excerptOf(body, probePatience));
      }
    }
  }

  /** The topics that the node does not refuse when each is asked for alone. */
  Set<Topic> probe() throws InterruptedException {
    Set<Topic> supported = EnumSet.noneOf(Topic.class);
    for (Topic topic : wanted) {
      if (accepts(topic)) {
        supported.add(topic);
      }
    }
    return supported;
  }

  private boolean accepts(Topic topic) throws InterruptedException {
    try {
      HttpResponse<StreamedBody> response = open(TopicForm.REPEATED, Set.of(topic), probePatience);
      if (response == null) {
        return false;
      }
      response.body().close();
      return true;
    } catch (NodeException failed) {
      if (failed.error() == ClientError.TIMEOUT) {
        // A refusal would have come at once; some nodes send headers with the first event only.
        return true;
      }
      throw failed;
    }
  }

  private static String asked(Collection<Topic> topics) {
    return topics.stream()
        .map(Topic::wireName)
        .collect(Collectors.joining(", ", "subscribe to ", ""));
  }
}
