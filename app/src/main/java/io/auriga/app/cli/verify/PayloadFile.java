package io.auriga.app.cli.verify;

import io.auriga.app.cli.CliError;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * The withdrawals that a file says a block carries: an execution payload or a beacon block, as SSZ
 * or as JSON of the Beacon API, a payload of the Engine API, or an execution block as JSON or RLP.
 * Nothing of it is verified.
 *
 * @param slot empty where the file does not say: only beacon blocks do
 */
public record PayloadFile(List<Withdrawal> withdrawals, Optional<Slot> slot) {
  private static final String REMEDY =
      "Give an execution payload or a beacon block of the fork that --fork names, or an execution"
          + " block, whole and unchanged";

  /** Deeper than any envelope around a payload: data, message, body, execution_payload. */
  private static final int DEPTH_MAX = 6;

  private static final List<String> WAY_DOWN =
      List.of("data", "result", "message", "body", "execution_payload", "executionPayload");

  public PayloadFile {
    withdrawals = List.copyOf(withdrawals);
  }

  /**
   * Opens a file as what it holds.
   *
   * @throws AurigaException {@code AUR-CLI-FILE-UNREADABLE} with a reason if it holds none
   */
  public static PayloadFile read(String file, ChainSpec spec, ForkName fork) {
    try {
      return of(FileContent.open(Path.of(file)), BlockSchemas.of(spec), fork);
    } catch (UnreadableFile reason) {
      throw unreadable(file, reason.reason(), reason);
    } catch (SszException malformed) {
      throw unreadable(
          file,
          "as one of " + fork.lowerName() + " on " + spec.name() + ": " + malformed.getMessage(),
          malformed);
    } catch (JacksonException malformed) {
      throw unreadable(file, JsonObjectText.malformed(malformed).reason(), malformed);
    } catch (InvalidPathException malformed) {
      throw unreadable(file, "that is no file name", malformed);
    }
  }

  private static PayloadFile of(byte[] content, BlockSchemas schemas, ForkName fork) {
    int first = BlockFileVerifier.firstOfText(content);
    if (first < content.length && (content[first] == '{' || content[first] == '[')) {
      return json(JsonObjectText.of(content, first, content.length), null, 0);
    }
    byte[] bytes = BlockFileVerifier.hex(content).orElse(content);
    if (ExecutionBlockRlpFile.matches(bytes)) {
      return execution(ExecutionBlockRlpFile.read(bytes));
    }
    boolean signed = BlockShape.isSignedBlock(bytes);
    if (signed || BlockShape.isUnsignedBlock(bytes)) {
      byte[] block = signed ? bytes : BeaconVerifier.withSignature(bytes);
      SignedBlockView view = SignedBlockView.of(schemas, fork, block);
      return new PayloadFile(view.payload().withdrawals(), Optional.of(view.slot()));
    }
    return new PayloadFile(PayloadView.of(schemas, fork, bytes).withdrawals(), Optional.empty());
  }

  private static PayloadFile execution(ExecutionBlockFile block) {
    List<Withdrawal> withdrawals = block.withdrawals();
    if (withdrawals == null) {
      throw new UnreadableFile("the block has no list of withdrawals: it is older than Shanghai");
    }
    return new PayloadFile(withdrawals, Optional.empty());
  }

  /** Goes down to the object that has the list. */
  private static PayloadFile json(JsonObjectText object, @Nullable Slot slot, int depth) {
    if (object.hasValue("withdrawals")) {
      JsonParser list = object.parserOf("withdrawals");
      return new PayloadFile(
          // The two APIs differ in how they write names and numbers.
          object.has("parent_hash")
              ? WithdrawalsJson.ofBeacon(list)
              : WithdrawalsJson.ofExecution(list),
          Optional.ofNullable(slot));
    }
    for (String key : WAY_DOWN) {
      if (depth < DEPTH_MAX && object.isObject(key)) {
        Slot known = key.equals("body") ? slotOf(object) : slot;
        return json(object.object(key), known, depth + 1);
      }
    }
    if (object.hasValue("result")) {
      byte[] raw = object.string("result").getBytes(StandardCharsets.US_ASCII);
      return execution(
          ExecutionBlockRlpFile.read(
              BlockFileVerifier.hex(raw)
                  .orElseThrow(() -> new UnreadableFile("the result is not a block"))));
    }
    throw new UnreadableFile("it is JSON, but neither a payload nor a block with withdrawals");
  }

  private static @Nullable Slot slotOf(JsonObjectText message) {
    try {
      return message.text("slot").map(Slot::parseDecimal).orElse(null);
    } catch (IllegalArgumentException malformed) {
      throw new UnreadableFile("the block's slot is " + malformed.getMessage(), malformed);
    }
  }

  private static AurigaException unreadable(String file, String reason, Throwable cause) {
    return new AurigaException(
        CliError.FILE_UNREADABLE, "read the payload " + file, reason, REMEDY, cause);
  }
}
