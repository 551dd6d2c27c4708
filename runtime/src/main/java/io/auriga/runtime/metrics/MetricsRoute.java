package io.auriga.runtime.metrics;

import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;

/** Answers Prometheus in the format that its {@code Accept} header asks for. */
public final class MetricsRoute {
  private static final String PATH = "/metrics";

  private MetricsRoute() {}

  /** Adds {@code /metrics}. */
  public static void add(Routes routes, Metrics metrics) {
    routes.get(
        PATH,
        request -> {
          Exposition all = Exposition.of(metrics, request.header("Accept").orElse(""));
          return Response.bytes(all.contentType(), all.body());
        });
  }
}
