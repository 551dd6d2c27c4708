package io.auriga.runtime.metrics;

import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers Prometheus: its text format, or OpenMetrics where the {@code Accept} header asks. */
public final class MetricsRoute {
  private static final String PATH = "/metrics";

  private final Metrics metrics;
  private final ExpositionFormatWriter plain =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private final ExpositionFormatWriter open =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

  private MetricsRoute(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Adds {@code /metrics}. */
  public static void add(Routes routes, Metrics metrics) {
    routes.get(PATH, new MetricsRoute(metrics)::answer);
  }

  private Response answer(Request request) {
    boolean asked = open.accepts(request.header("Accept").orElse(""));
    ExpositionFormatWriter writer = asked ? open : plain;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, metrics.registry().scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Response.bytes(writer.getContentType(), bytes.toByteArray());
  }
}
