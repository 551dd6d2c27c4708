package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.validators.watched.KnownValidators;
import io.auriga.validators.watched.KnownValidators.Known;
import io.auriga.validators.watched.StoredValidators;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.WatchResolver;
import io.auriga.validators.watched.Watched;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;

/** Who is watched, as a command finds it out: from the store, and from a node if one is named. */
final class WatchAccess {
  private WatchAccess() {}

  /** What 'auriga run' has learned; nothing where it never ran. */
  static List<Known> known(AurigaConfig config) {
    return StoreAccess.find(
            config, StoredValidators.MIGRATIONS, store -> new StoredValidators(store).all())
        .orElse(List.of());
  }

  /** The validators that a list stands for, as far as 'auriga run' has learned. */
  static Watched learned(AurigaConfig config, WatchList list) {
    return new WatchResolver(KnownValidators.inMemory(known(config))).restore(list);
  }

  /**
   * The validators that a list stands for.
   *
   * @param searched told of the search for the validators of addresses
   */
  static Watched watched(AurigaConfig config, WatchList list, LongConsumer searched) {
    if (config.consensus().isEmpty()) {
      return learned(config, list);
    }
    WatchResolver resolver = new WatchResolver(KnownValidators.inMemory(known(config)));
    try (Nodes nodes = new Nodes(config.consensus(), List.of())) {
      NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), List.of());
      return resolver.resolve(list, nodes.statesOf(network), Instant.now(), searched);
    }
  }
}
