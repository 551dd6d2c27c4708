package io.auriga.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.auriga.runtime.http.HttpServerConfig;
import io.auriga.runtime.http.HttpServerEndpoint;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private final Metrics metrics = new Metrics(new PrometheusRegistry());

  @Test
  void answersPrometheusInTheFormatItAsksFor() throws Exception {
    metrics
        .counter("auriga_blocks_verified_total", "Blocks verified.", "fork")
        .labelValues("deneb")
        .inc(3);
    metrics.gauge("auriga_chain_head_slot", "The head's slot.", () -> 42);
    metrics.withJvm();
    Routes routes = new Routes();
    MetricsRoute.add(routes, metrics);
    routes.get("/hello/{name}", request -> Response.text("hello"));
    try (HttpServerEndpoint endpoint =
            new HttpServerEndpoint(
                HttpServerConfig.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                routes,
                new HttpMetrics(metrics));
        HttpClient client = HttpClient.newHttpClient()) {
      endpoint.start();
      get(client, endpoint.uri().resolve("hello/you"), "*/*");
      HttpResponse<String> plain = get(client, endpoint.uri().resolve("metrics"), "*/*");
      assertThat(plain.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
      assertThat(plain.body())
          .contains(
              "# TYPE auriga_blocks_verified_total counter",
              "auriga_blocks_verified_total{fork=\"deneb\"} 3.0",
              "auriga_chain_head_slot 42.0",
              "auriga_http_requests_total{method=\"GET\",route=\"/hello/{name}\",status=\"200\"}"
                  + " 1.0",
              "auriga_http_request_duration_seconds_count{route=\"/hello/{name}\"} 1",
              "jvm_memory_used_bytes")
          .doesNotContain("_created");
      HttpResponse<String> open =
          get(
              client,
              endpoint.uri().resolve("metrics"),
              "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
      assertThat(open.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(open.body()).endsWith("# EOF\n").contains("auriga_blocks_verified_total");
    }
  }

  @Test
  void aHistogramIsNativeBesideItsBucketsForWhoAsksForTheBinaryFormat() {
    Histogram histogram =
        metrics.histogram("auriga_chain_wait_seconds", "A wait.", List.of(0.5, 1.0));
    for (int i = 0; i < 100_000; i++) {
      histogram.observe(Math.pow(1.1, i % 640 - 320));
    }
    Exposition binary =
        Exposition.of(
            metrics,
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5");
    assertThat(binary.contentType()).startsWith("application/vnd.google.protobuf");
    // The length of the only message, in two bytes of seven bits, and then its name.
    assertThat((binary.body()[0] & 0x7f) + (binary.body()[1] << 7) + 2)
        .isEqualTo(binary.body().length);
    assertThat(new String(binary.body(), StandardCharsets.ISO_8859_1))
        .contains("auriga_chain_wait_seconds");
    String text = new PrometheusProtobufWriter().toDebugString(metrics.scrape());
    assertThat(text).contains("schema: ", "positive_span", "upper_bound: 0.5");
    assertThat(text.lines().filter(line -> line.contains("positive_delta")).count())
        .as("bounded, whatever is observed")
        .isBetween(20L, 160L);
    assertThat(new String(Exposition.of(metrics, "").body(), StandardCharsets.UTF_8))
        .contains("auriga_chain_wait_seconds_bucket{le=\"0.5\"}");
  }

  private static HttpResponse<String> get(HttpClient client, URI uri, String accept)
      throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri).header("Accept", accept).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blocks_total",
        "auriga_total",
        "auriga_blocks_verified",
        "auriga_Blocks_total",
        "auriga_blocks__verified_total",
        "auriga_wait_millis_total",
      })
  void refusesACounterThatBreaksTheNamingRule(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.counter(name, "Something."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auriga_blocks_total", "auriga_delay_ms", "auriga_used_percent"})
  void refusesAGaugeThatBreaksTheNamingRule(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauge(name, "Something."));
  }

  @Test
  void refusesLabelsAndHelpThatBreakTheRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.gauge("auriga_a_b", "no full stop"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.gauge("auriga_a_b", "Help.", "camelCase"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.gauge("auriga_a_b", "Help.", "a", "b", "c", "d", "e"));
    assertThat(metrics.descriptions()).isEmpty();
  }

  @Test
  void listsWhatItMadeByName() {
    metrics.histogram("auriga_z_seconds", "Last.", List.of(1.0, 2.0), "node");
    metrics.counter("auriga_a_total", "First.");
    assertThat(metrics.descriptions())
        .containsExactly(
            new Metrics.Description("auriga_a_total", "counter", "First.", List.of()),
            new Metrics.Description("auriga_z_seconds", "histogram", "Last.", List.of("node")));
  }
}
