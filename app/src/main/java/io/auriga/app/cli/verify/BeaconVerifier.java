package io.auriga.app.cli.verify;

import io.auriga.clients.consensus.BeaconBlockJson;
import io.auriga.clients.http.JsonView;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;

/**
 * Judges one beacon block, signed or not: its payload's block hash against the header that the
 * block stands for, which covers the withdrawals, the transactions and, from Electra on, the
 * requests. The block root is computed and cannot be compared, because no block contains its own.
 */
final class BeaconVerifier {
  private static final int SIGNATURE_LENGTH = 96;
  private static final int SIGNED_FIXED_PART = 4 + SIGNATURE_LENGTH;

  private final Network network;
  private final Optional<ForkName> named;

  /**
   * @param named the fork that the user gives for SSZ
   */
  BeaconVerifier(Network network, Optional<ForkName> named) {
    this.network = network;
    this.named = named;
  }

  FileReport verifySsz(String file, byte[] content) {
    byte[] signed =
        !BlockShape.isSignedBlock(content) && BlockShape.isUnsignedBlock(content)
            ? withSignature(content)
            : content;
    Optional<BlockShape> shape = BlockShape.ofSigned(signed);
    OptionalLong slot = slotOf(signed);
    if (slot.isEmpty()) {
      throw new UnreadableFile("SSZ: the data is too short for a block");
    }
    ForkName fork = sszFork(shape, new Slot(slot.getAsLong()));
    if (!fork.isAtLeast(ForkName.CAPELLA)) {
      return beforeCapella(file, fork, shape, new Slot(slot.getAsLong()));
    }
    try {
      return judge(file, view(shape, fork, signed), Optional.empty());
    } catch (SszException malformed) {
      return FileReport.unreadable(
          file,
          BlockKind.BEACON,
          fork.lowerName(),
          "as a block of " + fork.lowerName() + ": " + malformed.getMessage() + hint(shape, fork));
    }
  }

  /** A signature is no part of the block root, so any will do for a block without one. */
  static byte[] withSignature(byte[] block) {
    byte[] signed = new byte[SIGNED_FIXED_PART + block.length];
    signed[0] = SIGNED_FIXED_PART;
    System.arraycopy(block, 0, signed, SIGNED_FIXED_PART, block.length);
    return signed;
  }

  private static OptionalLong slotOf(byte[] signed) {
    if (signed.length < SIGNED_FIXED_PART + Long.BYTES) {
      return OptionalLong.empty();
    }
    long slot = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      slot = slot << Byte.SIZE | (signed[SIGNED_FIXED_PART + i] & 0xff);
    }
    return OptionalLong.of(slot);
  }

  /** What the user says; else what the network's schedule and the block's own form agree on. */
  private ForkName sszFork(Optional<BlockShape> shape, Slot slot) {
    if (named.isPresent()) {
      return requireKnown(named.get());
    }
    if (network.hasSchedule()) {
      ForkName scheduled = requireKnown(network.forkAt(slot));
      if (shape.isPresent() && !shape.get().isOf(scheduled)) {
        throw new UnreadableFile(
            "SSZ: slot "
                + slot
                + " is of "
                + scheduled.lowerName()
                + " on "
                + network.spec().name()
                + ", but the block has the form of "
                + shape.get().describe()
                + "; name the right --network, or the fork with --fork");
      }
      return scheduled;
    }
    return shape
        .map(form -> refined(form, slot))
        .orElseThrow(
            () ->
                new UnreadableFile(
                    "SSZ: the block has the form of no fork that is known; if it is a block, name"
                        + " the fork with --fork"));
  }

  /**
   * Only a schedule tells Fulu from Electra. Where no network was chosen, mainnet's counts if it
   * knows the slot at all.
   */
  private ForkName refined(BlockShape shape, Slot slot) {
    if (shape.minimalPreset() && !network.chosen()) {
      return shape.fork();
    }
    ForkName scheduled = network.forkAt(slot);
    return shape.isOf(scheduled) ? scheduled : shape.fork();
  }

  private static ForkName requireKnown(ForkName fork) {
    if (fork.isAtLeast(ForkName.CAPELLA) && !fork.isSupported()) {
      throw UnreadableFile.unsupportedFork(fork.lowerName() + "; Capella to Fulu are known");
    }
    return fork;
  }

  private SignedBlockView view(Optional<BlockShape> shape, ForkName fork, byte[] signed) {
    return SignedBlockView.of(schemas(shape), fork, signed);
  }

  private BlockSchemas schemas(Optional<BlockShape> shape) {
    boolean minimal = shape.isPresent() && shape.get().minimalPreset();
    return BlockSchemas.of(network.orMinimal(minimal).spec());
  }

  private String hint(Optional<BlockShape> shape, ForkName fork) {
    if (shape.isPresent() && !shape.get().isOf(fork)) {
      return "; the block has the form of " + shape.get().describe();
    }
    boolean minimalLimits = network.spec().number("SYNC_COMMITTEE_SIZE") == 32;
    if (network.chosen() && shape.isPresent() && shape.get().minimalPreset() != minimalLimits) {
      return "; the block has the form of the other preset than " + network.spec().name();
    }
    return "";
  }

  /**
   * @param block {@code {message, signature}}, or the message alone
   * @param version the fork that stands beside the block, if any does
   */
  FileReport verifyJson(String file, JsonObjectText block, Optional<String> version) {
    boolean signed = block.isObject("message");
    JsonObjectText message = signed ? block.object("message") : block;
    if (!message.isObject("body")) {
      throw new UnreadableFile("the beacon block has no body");
    }
    JsonObjectText body = message.object("body");
    if (body.has("execution_payload_header")) {
      throw new UnreadableFile(
          "a blinded block has no withdrawals, only their root; give the full block");
    }
    Optional<BlockShape> shape = BlockShape.ofJson(body);
    Slot slot = slotOf(message);
    ForkName fork = jsonFork(version, shape, slot);
    if (!fork.isAtLeast(ForkName.CAPELLA)) {
      return beforeCapella(file, fork, shape, slot);
    }
    try {
      byte[] ssz = transcode(signed, block, message, fork, schemas(shape));
      return judge(file, view(shape, fork, ssz), scheduleNote(fork, slot));
    } catch (JacksonException malformed) {
      throw JsonObjectText.malformed(malformed);
    } catch (SszException | JsonView.Unexpected malformed) {
      return FileReport.unreadable(
          file,
          BlockKind.BEACON,
          fork.lowerName(),
          "as a block of " + fork.lowerName() + ": " + malformed.getMessage() + hint(shape, fork));
    }
  }

  private static Slot slotOf(JsonObjectText message) {
    String text =
        message.text("slot").orElseThrow(() -> new UnreadableFile("the beacon block has no slot"));
    try {
      return Slot.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      throw new UnreadableFile("the block's slot is " + malformed.getMessage(), malformed);
    }
  }

  /** What the file says, which its form must not contradict; else as for SSZ. */
  private ForkName jsonFork(Optional<String> version, Optional<BlockShape> shape, Slot slot) {
    if (shape.isEmpty()) {
      throw new UnreadableFile("the beacon block's body lacks fields that every block has");
    }
    if (version.isEmpty()) {
      ForkName fork = named.isPresent() ? named.get() : refined(shape.get(), slot);
      return requireForm(requireKnown(fork), shape.get(), "--fork says");
    }
    ForkName fork =
        requireKnown(
            ForkName.find(version.get())
                .orElseThrow(
                    () ->
                        UnreadableFile.unsupportedFork(
                            "the file names the version " + Hex.abbreviate(version.get()))));
    if (named.isPresent() && named.get() != fork) {
      throw new UnreadableFile(
          "the file says that it is of "
              + fork.lowerName()
              + ", and --fork says "
              + named.get().lowerName());
    }
    return requireForm(fork, shape.get(), "the file says");
  }

  private static ForkName requireForm(ForkName fork, BlockShape shape, String who) {
    if (!shape.isOf(fork)) {
      throw new UnreadableFile(
          who
              + " that it is of "
              + fork.lowerName()
              + ", but the block has the form of "
              + shape.describe());
    }
    return fork;
  }

  private Optional<String> scheduleNote(ForkName fork, Slot slot) {
    if (!network.hasSchedule()) {
      return Optional.empty();
    }
    ForkName scheduled = network.forkAt(slot);
    return scheduled == fork
        ? Optional.empty()
        : Optional.of(
            "slot "
                + slot
                + " is of "
                + scheduled.lowerName()
                + " on "
                + network.spec().name()
                + ": is it a block of another network?");
  }

  private static byte[] transcode(
      boolean signed,
      JsonObjectText block,
      JsonObjectText message,
      ForkName fork,
      BlockSchemas schemas) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("{\"message\":".getBytes(StandardCharsets.UTF_8));
    text.writeBytes(message.text());
    boolean hasSignature = signed && block.hasValue("signature");
    String signature =
        hasSignature ? block.string("signature") : Hex.toHex(new byte[SIGNATURE_LENGTH]);
    text.writeBytes((",\"signature\":\"" + signature + "\"}").getBytes(StandardCharsets.UTF_8));
    byte[] json = text.toByteArray();
    return BeaconBlockJson.transcode(schemas, fork, JsonObjectText.parser(json, 0, json.length));
  }

  private FileReport judge(String file, SignedBlockView view, Optional<String> note) {
    ExecutionHeader header = PayloadHeader.of(view);
    Check hash = new Check(view.payload().blockHash().toHex(), header.hash().toHex());
    String reason = note.or(() -> timeNote(view)).orElse(null);
    if (hash.differs()) {
      reason =
          "block hash: the payload claims "
              + hash.claimed()
              + ", its content hashes to "
              + hash.computed()
              + "; at least one of its fields, transactions, withdrawals or requests was altered";
    }
    return new FileReport(
        file,
        BlockKind.BEACON,
        view.fork().lowerName(),
        view.payload().withdrawalCount(),
        new Check(null, header.withdrawalsRoot().toHex()),
        hash,
        view.blockRoot().toHex(),
        hash.differs() ? Verdict.MISMATCH : Verdict.VERIFIED,
        reason);
  }

  /** A payload's time is its slot's, so another one shows that the network is another. */
  private Optional<String> timeNote(SignedBlockView view) {
    return network
        .timeOf(view.slot())
        .filter(time -> time.getEpochSecond() != view.payload().timestamp())
        .map(
            time ->
                "its time is not that of slot "
                    + view.slot()
                    + " on "
                    + network.spec().name()
                    + ": is it a block of another network?");
  }

  /** Nothing to verify, provided that the block is what it seems to be. */
  private FileReport beforeCapella(
      String file, ForkName fork, Optional<BlockShape> shape, Slot slot) {
    if (shape.isEmpty() || !shape.get().isOf(fork)) {
      throw new UnreadableFile(
          "as a block of "
              + fork.lowerName()
              + ": it does not have that form"
              + shape.map(form -> ", but that of " + form.describe()).orElse(""));
    }
    if (network.hasSchedule() && network.forkAt(slot).isAtLeast(ForkName.CAPELLA)) {
      throw new UnreadableFile(
          "the block has the form of "
              + fork.lowerName()
              + ", but "
              + network.spec().name()
              + " had passed Capella at slot "
              + slot);
    }
    return new FileReport(
        file,
        BlockKind.BEACON,
        fork.lowerName(),
        null,
        null,
        null,
        null,
        Verdict.NOT_APPLICABLE,
        "the block is older than Capella, so that it has no withdrawals");
  }

  /** Why a block of this fork could not be looked at, in the words of the failure. */
  static String reasonOf(AurigaException failure) {
    return failure instanceof UnreadableFile unreadable
        ? unreadable.reason()
        : String.valueOf(failure.getMessage());
  }
}
