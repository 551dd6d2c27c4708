package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is to be paid, and what leaving would come to, asked as a user would. */
final class Forecast {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String GROUP = "south";

  private final AurigaProcess auriga;
  private final URI consensus;
  private final Path folder;

  /**
   * @param folder for the configuration of the commands
   */
  Forecast(AurigaProcess auriga, URI consensus, Path folder) {
    this.auriga = auriga;
    this.consensus = consensus;
    this.folder = folder;
  }

  /**
   * A payment that is expected of a validator.
   *
   * @param head the slot up to which it is known what was paid
   */
  record Expected(long validator, long head, long slot, long low, long high) {}

  /** When the sweep is to pay these validators next, and the same of them as a group. */
  List<Expected> ofGroup(List<Long> validators) throws InterruptedException {
    String all = validators.stream().map(String::valueOf).collect(Collectors.joining(", "));
    Path config = folder.resolve("groups.yaml");
    try {
      Files.writeString(
          config, "groups:\n  - name: %s\n    validators: [%s]\n".formatted(GROUP, all));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    List<JsonNode> lines = predict("--group=" + GROUP, "--config=" + config);
    assertThat(lines).as("a line each, and one for all").hasSize(validators.size() + 1);
    JsonNode together = lines.getLast().required("together");
    assertThat(number(together, "validators")).isEqualTo(validators.size());
    List<Expected> expected = new ArrayList<>();
    for (JsonNode line : lines.subList(0, validators.size())) {
      JsonNode payment = line.required("payments").required(0);
      expected.add(
          new Expected(
              number(line, "validatorIndex"),
              number(line, "headSlot"),
              number(payment, "slot"),
              number(payment, "slotLow"),
              number(payment, "slotHigh")));
    }
    assertThat(number(together.required("next"), "slot"))
        .isEqualTo(expected.stream().mapToLong(Expected::slot).min().orElseThrow());
    return expected;
  }

  /**
   * What leaving would come to for a validator of each sort: one that may leave, one that already
   * has, and one whose old credentials no sweep pays.
   */
  String requireExits(long staying, long left, long unpaid, long epoch)
      throws InterruptedException {
    List<JsonNode> lines =
        predict("--validator=%d,%d,%d".formatted(staying, left, unpaid), "--exit");
    JsonNode could = exit(lines, staying);
    assertThat(could.required("state").asString()).isEqualTo("possible");
    // MAX_SEED_LOOKAHEAD is 4, MIN_VALIDATOR_WITHDRAWABILITY_DELAY of the devnet 2.
    assertThat(number(could, "exitEpoch")).isBetween(epoch + 5, epoch + 6);
    assertThat(number(could, "withdrawableEpoch")).isEqualTo(number(could, "exitEpoch") + 2);
    assertThat(number(could.required("last"), "slot"))
        .isGreaterThanOrEqualTo(8 * number(could, "withdrawableEpoch"));
    assertThat(exit(lines, left).required("state").asString()).isEqualTo("leaving");
    assertThat(exit(lines, unpaid).required("last").isNull()).isTrue();
    return could.toString();
  }

  private static JsonNode exit(List<JsonNode> lines, long validator) {
    return lines.stream()
        .filter(line -> line.path("validatorIndex").asString("").equals(Long.toString(validator)))
        .findFirst()
        .orElseThrow()
        .required("ifExitedNow");
  }

  private List<JsonNode> predict(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("withdrawals", "predict", "--json"));
    all.addAll(List.of(words));
    all.add("--consensus=" + consensus);
    all.add("--data=" + auriga.data());
    return Launcher.run(folder, LIMIT, all);
  }

  /** The slot of the first payment to a validator after a slot, once it came. */
  long nextPayment(long validator, long afterSlot) {
    return await("the next payment to " + validator + "; " + auriga.logTail())
        .atMost(PATIENCE)
        .until(
            () ->
                auriga.api().export().stream()
                    .filter(one -> one.canonical() && one.payment().validator() == validator)
                    .mapToLong(StoredWithdrawal::slot)
                    .filter(slot -> slot > afterSlot)
                    .min(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private static long number(JsonNode json, String name) {
    return Long.parseLong(json.required(name).asString());
  }
}
