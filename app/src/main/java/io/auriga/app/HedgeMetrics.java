package io.auriga.app;

import io.auriga.app.web.NodeSnapshot.Layer;
import io.auriga.clients.Hedge;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.metrics.Metrics.SeriesSink;

/**
 * How often a second node was asked for a block because the first was slower than it usually is.
 */
final class HedgeMetrics {
  HedgeMetrics(Metrics metrics, Hedge beacons, Hedge executions) {
    metrics.counter(
        "auriga_node_hedged_reads_total",
        "Reads of a block that were slower than 95 of a hundred of the node's, so that the next"
            + " node was asked as well, by whose answer came first.",
        values -> {
          put(values, Layer.CONSENSUS, beacons);
          put(values, Layer.EXECUTION, executions);
        },
        "layer",
        "first");
  }

  private static void put(SeriesSink values, Layer layer, Hedge hedge) {
    long other = hedge.won();
    values.put((double) (hedge.asked() - other), layer.lowerName(), "same");
    values.put((double) other, layer.lowerName(), "other");
  }
}
