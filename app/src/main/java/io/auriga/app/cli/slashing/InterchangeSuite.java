package io.auriga.app.cli.slashing;

import io.auriga.app.cli.verify.FileContent;
import io.auriga.app.cli.verify.UnreadableFile;
import io.auriga.clients.http.JsonView;
import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.InterchangeJson;
import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SigningHistory;
import io.auriga.crypto.slashing.SigningVerdict;
import io.auriga.crypto.slashing.Strategy;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Root;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs files of the official suite of EIP-3076: steps that each import an interchange and then try
 * to sign. What a step must allow is its {@code should_succeed} under the minimal strategy, and its
 * {@code should_succeed_complete}, where it has one, under the complete one.
 */
public final class InterchangeSuite {
  private static final int BYTES_MAX = 64 << 20;

  /** What came of a file. */
  public sealed interface Result {
    record Passed() implements Result {}

    /** The first attempt with another outcome than the file wants. */
    record Failed(String reason) implements Result {}

    /** It is no file of the suite. */
    record Unreadable(String reason) implements Result {}

    /** As printed. */
    default String verdict() {
      return switch (this) {
        case Passed() -> "passed";
        case Failed _ -> "failed";
        case Unreadable _ -> "unreadable";
      };
    }
  }

  private final Strategy strategy;

  public InterchangeSuite(Strategy strategy) {
    this.strategy = strategy;
  }

  /** Runs one file. Never throws for what it holds. */
  public Result run(String file) {
    try {
      return run(FileContent.open(Path.of(file), BYTES_MAX, "no file of the suite does"));
    } catch (UnreadableFile failure) {
      return new Result.Unreadable(failure.reason());
    } catch (InvalidPathException malformed) {
      return new Result.Unreadable("that is no file name");
    }
  }

  Result run(byte[] content) {
    try {
      JsonView test = JsonText.read(content);
      Signer signer = new Signer(test.at("genesis_validators_root").as(Root::fromHex));
      // All of it is read before anything is tried: half a file passes nothing.
      List<Step> steps = test.at("steps").elements().stream().map(this::step).toList();
      for (int i = 0; i < steps.size(); i++) {
        Optional<String> wrong = signer.run(steps.get(i));
        if (wrong.isPresent()) {
          return new Result.Failed("step " + (i + 1) + ", " + wrong.get());
        }
      }
      return new Result.Passed();
    } catch (JsonView.Unexpected malformed) {
      return new Result.Unreadable(String.valueOf(malformed.getMessage()));
    }
  }

  private record Step(JsonView interchange, boolean imports, List<Attempt> attempts) {}

  private record Attempt(SigningAttempt message, BlsPublicKey key, boolean allowed) {}

  private Step step(JsonView json) {
    List<Attempt> attempts = new ArrayList<>(attempts(json.at("blocks"), SigningAttempt::block));
    attempts.addAll(attempts(json.at("attestations"), SigningAttempt::attestation));
    return new Step(json.at("interchange"), json.at("should_succeed").truth(), attempts);
  }

  private List<Attempt> attempts(JsonView list, Function<JsonView, SigningAttempt> form) {
    return list.elements().stream().map(json -> attempt(json, form.apply(json))).toList();
  }

  private Attempt attempt(JsonView json, SigningAttempt message) {
    boolean minimal = json.at("should_succeed").truth();
    boolean allowed =
        strategy == Strategy.MINIMAL
            ? minimal
            : json.find("should_succeed_complete").map(JsonView::truth).orElse(minimal);
    return new Attempt(message, json.at("pubkey").as(BlsPublicKey::fromHex), allowed);
  }

  /** A signer's protection, empty at first. */
  private final class Signer {
    private final Root chain;
    private final Map<BlsPublicKey, SigningHistory> histories = new HashMap<>();

    Signer(Root chain) {
      this.chain = chain;
    }

    /** What did not come out as the step wants. */
    Optional<String> run(Step step) {
      String refusal = "";
      try {
        take(InterchangeJson.read(JsonText.bytes(step.interchange())));
      } catch (InterchangeException refused) {
        refusal = refused.problem();
      }
      if (step.imports() != refusal.isEmpty()) {
        return Optional.of(
            step.imports()
                ? "the import was refused: " + refusal
                : "the import was taken, and should be refused");
      }
      for (Attempt attempt : step.attempts()) {
        SigningVerdict verdict = attempt.message().sign(history(attempt.key()));
        if (verdict.isSafe() != attempt.allowed()) {
          return Optional.of(
              attempt.message().text()
                  + " of "
                  + attempt.key().toHex().substring(0, 10)
                  + "… was "
                  + (verdict.isSafe() ? "allowed, and should be refused" : "refused: ")
                  + (verdict.isSafe() ? "" : verdict.summary()));
        }
      }
      return Optional.empty();
    }

    private void take(Interchange interchange) {
      interchange.requireChain(chain);
      for (KeyRecord record : interchange.records()) {
        history(record.key()).merge(record.blocks(), record.attestations());
      }
    }

    private SigningHistory history(BlsPublicKey key) {
      return histories.computeIfAbsent(key, _ -> strategy.newHistory());
    }
  }
}
