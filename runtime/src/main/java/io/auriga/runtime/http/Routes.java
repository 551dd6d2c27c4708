package io.auriga.runtime.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of what the endpoint answers. Filled while the process is wired, then only read. {@code
 * HEAD} follows from {@code GET}, and {@code OPTIONS} from what there is.
 */
public final class Routes {
  private final List<Route> routes;
  private final @Nullable BearerToken token;

  public Routes() {
    this(new ArrayList<>(), null);
  }

  private Routes(List<Route> routes, @Nullable BearerToken token) {
    this.routes = routes;
    this.token = token;
  }

  /** A view of the same table: what is added through it answers only callers with the token. */
  public Routes requiring(BearerToken required) {
    return new Routes(routes, required);
  }

  public Routes get(String pattern, Handler handler) {
    return add("GET", pattern, handler);
  }

  public Routes post(String pattern, Handler handler) {
    return add("POST", pattern, handler);
  }

  public Routes put(String pattern, Handler handler) {
    return add("PUT", pattern, handler);
  }

  public Routes delete(String pattern, Handler handler) {
    return add("DELETE", pattern, handler);
  }

  /** All routes, for the test that compares them with the API document. */
  public List<Route> all() {
    return List.copyOf(routes);
  }

  private Routes add(String method, String pattern, Handler handler) {
    for (Route route : routes) {
      if (route.method().equals(method) && route.pattern().equals(pattern)) {
        throw new IllegalArgumentException("Two routes for " + method + " " + pattern);
      }
    }
    routes.add(new Route(method, RoutePattern.parse(pattern), handler, token));
    routes.sort(Comparator.comparing(route -> route.path.order()));
    return this;
  }

  /** The route for a method; empty if another method has one, or none at all. */
  Optional<Match> match(String method, List<String> path) {
    for (Route route : routes) {
      if (route.method().equals(method)) {
        Optional<Match> match = route.path.match(path).map(found -> new Match(route, found));
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  /** The methods that the path answers to; empty if it does not exist. */
  SortedSet<String> methods(List<String> path) {
    SortedSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.path.match(path).isPresent()) {
        methods.add(route.method());
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
    return methods;
  }

  /** One line of the table. */
  public static final class Route {
    private final String method;
    private final RoutePattern path;
    private final Handler handler;
    private final @Nullable BearerToken token;

    private Route(String method, RoutePattern path, Handler handler, @Nullable BearerToken token) {
      this.method = method;
      this.path = path;
      this.handler = handler;
      this.token = token;
    }

    public String method() {
      return method;
    }

    /** The path as it was added, parameters in braces. */
    public String pattern() {
      return path.text();
    }

    public boolean needsToken() {
      return token != null;
    }

    Handler handler() {
      return handler;
    }

    @Nullable BearerToken token() {
      return token;
    }

    @Override
    public String toString() {
      return method + " " + pattern();
    }
  }

  record Match(Route route, java.util.Map<String, String> parameters) {}
}
