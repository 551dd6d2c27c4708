package io.auriga.runtime.http;

import java.time.Duration;

/** Is told of each request that was answered, to count it. Called on the request's own thread. */
@FunctionalInterface
public interface RequestObserver {
  /** Pays no attention. */
  RequestObserver NONE = (route, method, status, duration) -> {};

  /** The value of {@code route} for a path that no route matches. */
  String UNMATCHED = "unmatched";

  /**
   * @param route the route's pattern, so that the values are few
   * @param method one that the endpoint knows, or {@code OTHER}
   */
  void served(String route, String method, int status, Duration duration);
}
