package io.auriga.runtime.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * All metrics at one moment, as a scraper reads them.
 *
 * @param contentType which of the formats it is
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Exposition(String contentType, byte[] body) {
  private static final ExpositionFormatWriter PLAIN =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private static final ExpositionFormatWriter OPEN =
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

  /** The only one that has native histograms. */
  private static final ExpositionFormatWriter BINARY = new PrometheusProtobufWriter();

  /**
   * Writes them in the format that is asked for.
   *
   * @param accept the scraper's {@code Accept} header: Prometheus's binary format or OpenMetrics
   *     where it names them, else Prometheus's text
   */
  public static Exposition of(Metrics metrics, String accept) {
    ExpositionFormatWriter writer =
        BINARY.isAvailable() && BINARY.accepts(accept)
            ? BINARY
            : OPEN.accepts(accept) ? OPEN : PLAIN;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, metrics.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Exposition(writer.getContentType(), bytes.toByteArray());
  }
}
