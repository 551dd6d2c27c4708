package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.ValidatorIndex;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;

/**
 * Asks one node for many validators of a state: a few by GET, more by POST, and by GET in pieces
 * where the node refuses POST, as older ones do.
 */
final class ValidatorQueries {
  /** What the API lets a GET name at most. */
  static final int GET_IDS_MAX = 64;

  /** Servers and proxies refuse longer addresses from 8,192 characters on. */
  private static final int QUERY_CHARACTERS_MAX = 4_096;

  /** About 2 MB of answer, and no long work for the node. */
  static final int POST_IDS_MAX = 4_096;

  private static final String JSON = "application/json";

  private final HttpEndpoint endpoint;
  // Only a good answer to a GET proves that it was the method that was refused.
  private volatile boolean refusesPost;

  ValidatorQueries(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * One question.
   *
   * @param route the last segment of the route
   * @param body a POST's body from a JSON list of names
   * @param wanted whether an element is one that was asked for
   * @param index which validator an element is about
   */
  record Query<T>(
      StateId state,
      String route,
      UnaryOperator<String> body,
      Function<JsonParser, T> element,
      BiPredicate<T, Set<String>> wanted,
      Function<T, ValidatorIndex> index) {
    String path() {
      return BeaconRoutes.STATES + state.path() + "/" + route;
    }

    String asked(int count) {
      return "read %d %s of state %s".formatted(count, route.replace('_', ' '), state.path());
    }
  }

  <T> Optional<StateAnswer<List<T>>> ask(Query<T> query, Collection<ValidatorId> ids) {
    List<String> names =
        List.copyOf(new LinkedHashSet<>(ids.stream().map(ValidatorId::text).toList()));
    Map<ValidatorIndex, T> data = LinkedHashMap.newLinkedHashMap(names.size());
    boolean optimistic = false;
    boolean finalized = true;
    int done = 0;
    while (done < names.size()) {
      List<String> rest = names.subList(done, names.size());
      boolean post = rest.size() > GET_IDS_MAX && !refusesPost;
      List<String> piece = post ? rest.subList(0, Math.min(rest.size(), POST_IDS_MAX)) : few(rest);
      Optional<HttpAnswer> answer = post ? post(query, piece) : Optional.of(get(query, piece));
      if (answer.isEmpty()) {
        piece = few(rest);
        answer = Optional.of(get(query, piece));
        refusesPost = answer.get().isOk();
      }
      if (isAbsent(answer.get(), query.state())) {
        return Optional.empty();
      }
      StateAnswer<List<T>> part = read(query, piece, answer.get());
      part.data().forEach(element -> data.put(query.index().apply(element), element));
      optimistic |= part.optimistic();
      finalized &= part.finalized();
      done += piece.size();
    }
    return Optional.of(
        new StateAnswer<>(List.copyOf(data.values()), optimistic, finalized && !names.isEmpty()));
  }

  /** As many of the first names as one GET can carry. */
  private static List<String> few(List<String> names) {
    int characters = 0;
    int count = 0;
    while (count < Math.min(names.size(), GET_IDS_MAX)) {
      characters += "&id=".length() + names.get(count).length();
      if (characters > QUERY_CHARACTERS_MAX) {
        break;
      }
      count++;
    }
    return names.subList(0, count);
  }

  private HttpAnswer get(Query<?> query, List<String> names) {
    return endpoint.get(
        query.path() + names.stream().collect(Collectors.joining("&id=", "?id=", "")),
        JSON,
        query.asked(names.size()));
  }

  /** Empty if the node may not know the method here. */
  private Optional<HttpAnswer> post(Query<?> query, List<String> names) {
    String list = names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    byte[] body = query.body().apply(list).getBytes(StandardCharsets.UTF_8);
    try {
      HttpAnswer answer = endpoint.post(query.path(), body, query.asked(names.size()));
      return switch (answer.status()) {
        case 404, 405, 415 -> Optional.empty();
        default -> Optional.of(answer);
      };
    } catch (NodeException failed) {
      return switch (failed.status().orElse(0)) {
        case 500, 501 -> Optional.empty();
        default -> throw failed;
      };
    }
  }

  private <T> StateAnswer<List<T>> read(Query<T> query, List<String> names, HttpAnswer answer) {
    String asked = query.asked(names.size());
    StateAnswer<List<T>> part =
        HttpBeaconStates.read(
            endpoint,
            answer,
            asked,
            parser -> StateJson.list(parser, names.size(), query.element()));
    Set<String> wanted = new HashSet<>(names);
    Map<ValidatorIndex, T> seen = new HashMap<>();
    for (T element : part.data()) {
      if (!query.wanted().test(element, wanted)) {
        throw endpoint.failure(
            ClientError.MALFORMED, asked, "one came that was not asked for: " + element);
      }
      T before = seen.putIfAbsent(query.index().apply(element), element);
      if (before != null && !before.equals(element)) {
        throw endpoint.failure(
            ClientError.MALFORMED,
            asked,
            "validator " + query.index().apply(element) + " came twice, and not the same");
      }
    }
    return part;
  }

  static boolean isAbsent(HttpAnswer answer, StateId state) {
    return answer.status() == 404 && state.mayBeAbsent();
  }
}
