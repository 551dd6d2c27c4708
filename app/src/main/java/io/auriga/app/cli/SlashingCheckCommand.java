package io.auriga.app.cli;

import io.auriga.app.cli.slashing.InterchangeFile;
import io.auriga.app.cli.slashing.JsonText;
import io.auriga.app.cli.slashing.SigningAttempt;
import io.auriga.clients.http.JsonView;
import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.crypto.slashing.SigningHistory;
import io.auriga.crypto.slashing.SigningVerdict;
import io.auriga.crypto.slashing.Strategy;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Root;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga slashing check}: whether a message may be signed beside what a file records. */
@Command(
    name = "check",
    description = {
      "Says whether a key may sign a block or an attestation, by what an interchange file says it"
          + " signed before, and which record stands against it. Nothing is signed.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It is safe",
      "1:It must not be signed",
      "2:The command line or the message is wrong",
      "3:The interchange is unreadable"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing check --interchange export.json --block '{\"slot\": \"123456\"}'",
      "  auriga slashing check --interchange export.json --json --attestation \\",
      "      '{\"pubkey\": \"0x…\", \"source_epoch\": \"10\", \"target_epoch\": \"11\","
          + " \"signing_root\": \"0x…\"}'"
    })
final class SlashingCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--interchange",
      required = true,
      paramLabel = "FILE",
      description = "What was signed: the file that a validator client exports (EIP-3076).")
  private String interchange = "";

  @ArgGroup(multiplicity = "1")
  private Message message = new Message();

  /** What is about to be signed: one of the two. */
  static final class Message {
    @Option(
        names = "--attestation",
        paramLabel = "JSON",
        description =
            "A vote: source_epoch, target_epoch, and pubkey and signing_root, which may be left"
                + " out: the key where the file has only one, the root where it is not known.")
    @Nullable String attestation;

    @Option(
        names = "--block",
        paramLabel = "JSON",
        description = "A block: slot, and pubkey and signing_root as with --attestation.")
    @Nullable String block;
  }

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "complete",
      description =
          "complete (all that is safe is allowed) or minimal (only what goes beyond all before)."
              + " Default: ${DEFAULT-VALUE}.")
  private Strategy strategy = Strategy.COMPLETE;

  @Option(names = "--json", description = "One JSON object on a line.")
  private boolean json;

  @Override
  public Integer call() {
    SigningAttempt attempt = attempt();
    Interchange known = InterchangeFile.read(interchange);
    BlsPublicKey key = attempt.key().orElseGet(() -> onlyKey(known));
    SigningHistory history = strategy.newHistory();
    Optional<KeyRecord> record =
        known.records().stream().filter(one -> one.key().equals(key)).findFirst();
    record.ifPresent(one -> history.merge(one.blocks(), one.attestations()));
    SigningVerdict verdict = attempt.check(history);
    String reason = record.isPresent() ? verdict.summary() : "the file has nothing of this key";
    spec.commandLine()
        .getOut()
        .println(json ? line(key, verdict, reason) : text(attempt, verdict, reason));
    return verdict.isSafe() ? ExitCode.OK : ExitCode.FINDING;
  }

  private SigningAttempt attempt() {
    String vote = message.attestation;
    return vote != null
        ? parse("--attestation", vote, SigningAttempt::attestation)
        : parse("--block", String.valueOf(message.block), SigningAttempt::block);
  }

  private <T> T parse(String option, String text, Function<JsonView, T> form) {
    try {
      return form.apply(JsonText.read(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonView.Unexpected malformed) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + malformed.getMessage(), malformed);
    }
  }

  private BlsPublicKey onlyKey(Interchange known) {
    List<KeyRecord> records = known.records();
    if (records.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "the interchange has " + records.size() + " keys: say which with pubkey in the message");
    }
    return records.getFirst().key();
  }

  private static String text(SigningAttempt attempt, SigningVerdict verdict, String reason) {
    return (verdict.isSafe() ? "safe    " : "unsafe  ") + attempt.text() + ": " + reason;
  }

  private String line(BlsPublicKey key, SigningVerdict verdict, String reason) {
    return JsonLine.of(
        line -> {
          line.text("verdict", verdict.isSafe() ? "safe" : "unsafe")
              .text("strategy", strategy.name().toLowerCase(Locale.ROOT))
              .text("pubkey", key.toHex())
              .text(
                  "rule", verdict instanceof SigningVerdict.Refused refused ? refused.rule() : null)
              .text("reason", reason);
          collision(line, verdict);
        });
  }

  /** The record that stands against the message, or the bounds that do. */
  private static void collision(JsonLine line, SigningVerdict verdict) {
    switch (verdict) {
      case SigningVerdict.Safe() -> line.text("collidesWith", null);
      case SigningVerdict.Repeated() -> line.text("collidesWith", null);
      case SigningVerdict.SourceAfterTarget() -> line.text("collidesWith", null);
      case SigningVerdict.DoubleProposal(var earlier) -> block(line, earlier);
      case SigningVerdict.DoubleVote(var earlier) -> vote(line, earlier);
      case SigningVerdict.Surrounding(var earlier) -> vote(line, earlier);
      case SigningVerdict.Surrounded(var earlier) -> vote(line, earlier);
      case SigningVerdict.BlockBelowWatermark(var slot) -> block(line, new SignedBlock(slot, null));
      case SigningVerdict.VoteBelowWatermark(var source, var target) ->
          vote(line, new SignedAttestation(source, target, null));
    }
  }

  private static void block(JsonLine line, SignedBlock earlier) {
    line.object(
        "collidesWith",
        object ->
            object
                .text("slot", earlier.slot().toString())
                .text("signingRoot", text(earlier.signingRoot())));
  }

  private static void vote(JsonLine line, SignedAttestation earlier) {
    line.object(
        "collidesWith",
        object ->
            object
                .text("sourceEpoch", earlier.source().toString())
                .text("targetEpoch", earlier.target().toString())
                .text("signingRoot", text(earlier.signingRoot())));
  }

  private static @Nullable String text(@Nullable Root root) {
    return root == null ? null : root.toHex();
  }
}
