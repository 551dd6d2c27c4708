package io.auriga.app.cli.verify;

import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a file as what it holds, judges the block, and reports. Never throws for what a file
 * contains.
 */
public final class BlockFileVerifier {
  private static final int ENVELOPES_MAX = 3;

  private final ExecutionVerifier execution;
  private final BeaconVerifier beacon;
  private final boolean forkNamed;

  /**
   * @param named the fork that the user gives for SSZ
   */
  public BlockFileVerifier(Network network, Optional<ForkName> named) {
    this.execution = new ExecutionVerifier(network);
    this.beacon = new BeaconVerifier(network, named);
    this.forkNamed = named.isPresent();
  }

  /**
   * Judges one file.
   *
   * @param folder the folder that a relative name is relative to
   */
  public FileReport verify(String file, Path folder) {
    Reading reading = new Reading(file);
    try {
      return reading.bytes(FileContent.open(folder.resolve(file)));
    } catch (InvalidPathException malformed) {
      return FileReport.unreadable(file, null, "that is no file name");
    } catch (AurigaException failure) {
      return FileReport.unreadable(file, reading.kind, BeaconVerifier.reasonOf(failure));
    }
  }

  /** One file on its way from bytes to a block. */
  private final class Reading {
    private final String file;
    @Nullable BlockKind kind;

    Reading(String file) {
      this.file = file;
    }

    FileReport bytes(byte[] content) {
      int first = firstOfText(content);
      if (first < content.length && (content[first] == '{' || content[first] == '[')) {
        return json(JsonObjectText.of(content, first, content.length), 0);
      }
      Optional<byte[]> hex = hex(content);
      return hex.isPresent() ? binary(hex.get()) : binary(content);
    }

    private FileReport binary(byte[] content) {
      if (ExecutionBlockRlpFile.matches(content)) {
        return rlp(content);
      }
      if (BlockShape.isSignedBlock(content) || BlockShape.isUnsignedBlock(content)) {
        return ssz(content);
      }
      String name = file.toLowerCase(Locale.ROOT);
      if (forkNamed || name.contains(".ssz")) {
        return ssz(content);
      }
      if (name.contains(".rlp") || (content[0] & 0xff) >= 0xf8) {
        return rlp(content);
      }
      throw new UnreadableFile(
          "it holds neither JSON nor a block in RLP or SSZ (it begins with "
              + Hex.toHex(content, 0, Math.min(8, content.length))
              + ")");
    }

    private FileReport rlp(byte[] content) {
      kind = BlockKind.EXECUTION;
      return execution.verify(file, ExecutionBlockRlpFile.read(content));
    }

    private FileReport ssz(byte[] content) {
      kind = BlockKind.BEACON;
      return beacon.verifySsz(file, content);
    }

    private FileReport json(JsonObjectText object, int depth) {
      if (isBeaconBlock(object)) {
        kind = BlockKind.BEACON;
        return beacon.verifyJson(file, object, object.text("version"));
      }
      if (ExecutionBlockJsonFile.matches(object)) {
        kind = BlockKind.EXECUTION;
        return execution.verify(file, ExecutionBlockJsonFile.read(object));
      }
      if (object.isObject("data")) {
        return data(object.object("data"), object.text("version"));
      }
      if (object.has("result") && depth < ENVELOPES_MAX) {
        return result(object, depth);
      }
      throw notABlock(object);
    }

    /** The Beacon API's envelope. */
    private FileReport data(JsonObjectText data, Optional<String> version) {
      if (!isBeaconBlock(data)) {
        throw new UnreadableFile("it is an answer of the Beacon API, but holds no block");
      }
      kind = BlockKind.BEACON;
      return beacon.verifyJson(file, data, version);
    }

    /** JSON-RPC's envelope: a block as JSON, or in RLP as {@code debug_getRawBlock} gives it. */
    private FileReport result(JsonObjectText answer, int depth) {
      if (!answer.hasValue("result")) {
        throw new UnreadableFile(
            answer.hasValue("error")
                ? "it holds an error of the node, not a block"
                : "the result is null: the node did not know the block");
      }
      if (answer.isObject("result")) {
        return json(answer.object("result"), depth + 1);
      }
      byte[] raw = answer.string("result").getBytes(StandardCharsets.US_ASCII);
      return rlp(hex(raw).orElseThrow(() -> new UnreadableFile("the result is not a block")));
    }

    private static UnreadableFile notABlock(JsonObjectText object) {
      if (object.hasValue("error")) {
        return new UnreadableFile("it holds an error of the node, not a block");
      }
      if (object.has("code") && object.has("message")) {
        return new UnreadableFile(
            "it holds an error of the beacon node, not a block: "
                + Hex.abbreviate(object.text("message").orElse("")));
      }
      return new UnreadableFile("it is JSON, but no block that is known");
    }

    private static boolean isBeaconBlock(JsonObjectText object) {
      return object.isObject("message") || (object.has("slot") && object.isObject("body"));
    }
  }

  static int firstOfText(byte[] content) {
    int at = hasByteOrderMark(content) ? 3 : 0;
    while (at < content.length && isSpace(content[at])) {
      at++;
    }
    return at;
  }

  private static boolean hasByteOrderMark(byte[] content) {
    return content.length >= 3
        && (content[0] & 0xff) == 0xef
        && (content[1] & 0xff) == 0xbb
        && (content[2] & 0xff) == 0xbf;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * The bytes that a text of hex digits stands for: with or without {@code 0x}, quoted or not, in
   * one line or several. Empty if it is anything else.
   */
  static Optional<byte[]> hex(byte[] content) {
    byte[] bytes = new byte[content.length / 2];
    int digits = 0;
    int at = firstOfText(content);
    int end = content.length;
    while (end > at && isSpace(content[end - 1])) {
      end--;
    }
    if (end - at >= 2 && content[at] == '"' && content[end - 1] == '"') {
      at++;
      end--;
    }
    if (end - at >= 2 && content[at] == '0' && (content[at + 1] | 0x20) == 'x') {
      at += 2;
    }
    for (; at < end; at++) {
      if (isSpace(content[at])) {
        continue;
      }
      int digit = content[at] < 0 ? -1 : Character.digit(content[at], 16);
      if (digit < 0) {
        return Optional.empty();
      }
      if (digits / 2 == bytes.length) {
        return Optional.empty();
      }
      bytes[digits / 2] |= (byte) (digit << ((digits & 1) == 0 ? 4 : 0));
      digits++;
    }
    return digits < 2 || (digits & 1) != 0
        ? Optional.empty()
        : Optional.of(Arrays.copyOf(bytes, digits / 2));
  }
}
