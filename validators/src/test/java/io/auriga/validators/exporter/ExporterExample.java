package io.auriga.validators.exporter;

import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.watched.Watched;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/** How another program uses the exporter; the page in docs shows what is between the marks. */
final class ExporterExample {
  // example:begin
  private final Metrics metrics = new Metrics(new PrometheusRegistry());
  private final Exporter exporter =
      new Exporter(metrics, new Exporter.Options("mainnet", false, 100), InstantSource.system());

  /** To be given to {@code DutyAccounting} as its listener, with whoever is watched then. */
  void counted(EpochDuties duties, Watched watched) {
    exporter.take(duties, watched);
  }

  /** To be served at {@code /metrics}. */
  Exposition scrape(String acceptHeader) {
    return Exposition.of(metrics, acceptHeader);
  }
  // example:end
}
