package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The same stretch of a live chain, loaded into a store of its own by commands alone. */
final class LoadedHistory {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path data;
  private final Path folder;
  private final URI consensus;
  private final URI execution;

  /**
   * @param folder for the store and what the commands write
   */
  LoadedHistory(Path folder, URI consensus, URI execution) {
    this.data = folder.resolve("loaded");
    this.folder = folder;
    this.consensus = consensus;
    this.execution = execution;
  }

  /**
   * Loads what is final from the node and tells its kinds: every withdrawal is the one that was
   * followed, in kind too.
   *
   * @param followed what a process that followed the chain says of it
   * @return what {@code history judge} says
   */
  String requireAsFollowed(long from, long to, List<StoredWithdrawal> followed)
      throws InterruptedException {
    String range = "--from=" + from;
    List<JsonNode> loaded =
        run("history", "import", range, "--to=" + to, "--consensus=" + consensus, "--json");
    assertThat(loaded).isNotEmpty();
    List<JsonNode> judged =
        run(
            "history",
            "judge",
            range,
            "--to=" + to,
            "--consensus=" + consensus,
            "--execution=" + execution,
            "--json");
    List<String> expected =
        followed.stream()
            .filter(row -> row.canonical() && row.slot() >= from && row.slot() <= to)
            .map(StoredWithdrawal::fact)
            .toList();
    List<JsonNode> rows = run("withdrawals", "export", "--json");
    assertThat(rows.stream().map(StoredWithdrawal::of).map(StoredWithdrawal::fact).toList())
        .isNotEmpty()
        .isEqualTo(expected);
    // Lodestar keeps no state from before what is final, so that kinds may stay unknown.
    assertThat(rows)
        .as("kinds of loaded withdrawals; judged %s", judged)
        .noneMatch(row -> row.required("kindEvidence").asString().equals("not-looked-at"));
    return judged.toString();
  }

  private List<JsonNode> run(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--data=" + data);
    return Launcher.run(folder, LIMIT, all);
  }
}
