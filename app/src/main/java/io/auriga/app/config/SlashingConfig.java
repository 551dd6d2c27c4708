package io.auriga.app.config;

import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The slashing watch.
 *
 * @param historyEpochs how far back votes are remembered
 * @param stop what is done when one of ours is in danger
 */
public record SlashingConfig(Scope scope, int historyEpochs, StopConfig stop) {
  /** Whose votes are watched. */
  public enum Scope {
    OFF,
    /** Those of the validators that are watched. */
    WATCHED,
    /** Everybody's. */
    NETWORK
  }

  /**
   * What stops a validator of our own; nothing, unless something is configured.
   *
   * @param armed whether it is called, and not only told
   * @param token the file with the bearer token of the keymanager API
   */
  public record StopConfig(
      boolean armed,
      Optional<Path> command,
      Optional<URI> webhook,
      Optional<URI> keymanager,
      Optional<Path> token,
      Path histories) {}

  private static final Key<Scope> WATCH =
      Key.choice(
              "slashing.watch",
              "Whose votes and blocks are compared with all their earlier ones: nobody's, those of"
                  + " watched validators, or the whole network's (up to 1 GB for a million).",
              List.of(Scope.values()))
          .orElse("off");
  private static final Key<Integer> HISTORY =
      Key.integer(
              "slashing.history-epochs", "How many epochs back votes are remembered.", 8, 65_536)
          .orElse("4096");
  private static final Key<Boolean> ARMED =
      Key.flag(
              "slashing.stop.armed",
              "Whether what is configured below is really called when a watched validator is seen"
                  + " to be slashable. Otherwise it is only logged and kept.")
          .orElse("false");
  private static final Key<Path> COMMAND =
      Key.path(
          "slashing.stop.command",
          "A program that stops a validator; AURIGA_STOP_VALIDATOR, AURIGA_STOP_REASON and"
              + " AURIGA_STOP_ID are in its environment.");
  private static final Key<URI> WEBHOOK =
      Key.uri("slashing.stop.webhook", "An address that is told by POST to stop a validator.");
  private static final Key<URI> KEYMANAGER =
      Key.uri(
          "slashing.stop.keymanager",
          "The keymanager API of the validator client, from which the key is deleted; what it"
              + " signed is kept in the folder data.");
  private static final Key<Path> TOKEN =
      Key.path("slashing.stop.keymanager-token-file", "The file with the API's bearer token.");

  static SlashingConfig read(ConfigTree tree, Path data) {
    return new SlashingConfig(
        tree.value(WATCH),
        tree.value(HISTORY),
        new StopConfig(
            tree.value(ARMED),
            tree.find(COMMAND),
            tree.find(WEBHOOK),
            tree.find(KEYMANAGER),
            tree.find(TOKEN),
            data.resolve("slashing-protection")));
  }
}
