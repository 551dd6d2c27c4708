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
 * @param clients files, and folders of them, in which clients say what they signed
 * @param stop what is done when one of ours is in danger
 */
public record SlashingConfig(Scope scope, int historyEpochs, List<Path> clients, StopConfig stop) {
  public SlashingConfig {
    clients = List.copyOf(clients);
  }

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
   * @param doppelgangers whether a message that the client did not sign is a reason, too
   * @param token the file with the bearer token of the keymanager API
   */
  public record StopConfig(
      boolean armed,
      boolean doppelgangers,
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
  private static final Key<List<Path>> CLIENTS =
      Key.many(
              "slashing.clients",
              "Interchange files (EIP-3076) that your validator clients write now and then, or"
                  + " folders of them: read anew when they change, to find what was signed with a"
                  + " key and not by its client. One file a client, written there by it.",
              "list of paths",
              Path::of)
          .orElse("");
  private static final Key<Boolean> DOPPELGANGERS =
      Key.flag(
              "slashing.stop.doppelgangers",
              "Whether a validator is also stopped when a message was signed with its key and not"
                  + " by its client.")
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
        tree.value(CLIENTS),
        new StopConfig(
            tree.value(ARMED),
            tree.value(DOPPELGANGERS),
            tree.find(COMMAND),
            tree.find(WEBHOOK),
            tree.find(KEYMANAGER),
            tree.find(TOKEN),
            data.resolve("slashing-protection")));
  }
}
