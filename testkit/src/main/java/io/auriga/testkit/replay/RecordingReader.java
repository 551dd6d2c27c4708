package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.Recording.About;
import io.auriga.testkit.replay.Recording.ExecutionBlock;
import io.auriga.testkit.replay.Recording.FixedAnswers;
import io.auriga.testkit.replay.TimedEvent.Change;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.ForkVersion;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a recording in format 1 from a folder. Each block's root is computed from its content and
 * compared with its name, so that a damaged file is told now and not as a follower's mismatch.
 */
final class RecordingReader {
  static final int FORMAT = 1;
  static final String ABOUT = "recording.json";
  static final String SPEC = "spec.json";
  static final String GENESIS = "genesis.json";
  static final String DEPOSIT_CONTRACT = "deposit_contract.json";
  static final String BLOCKS = "blocks";
  static final String EXECUTION = "execution.jsonl.gz";
  static final String EVENTS = "events.jsonl";
  static final String FINALITY_TOPIC = "~finality";

  // A day of mainnet has 7,200 slots; a recording is meant to be a fraction of it.
  private static final int BLOCKS_MAX = 20_000;
  private static final int EVENTS_MAX = 200_000;
  private static final int EVENT_BYTES_MAX = 64 << 10;
  private static final int EXECUTION_BYTES_MAX = 4 << 20;
  private static final long EXECUTION_TOTAL_MAX = 128L << 20;
  private static final int BLOCK_BYTES_MAX = 32 << 20;
  private static final int SMALL_FILE_MAX = 1 << 20;

  private static final Pattern BLOCK_FILE =
      Pattern.compile("(\\d{1,19})_([a-z0-9]+)_([0-9a-f]{8})\\.ssz");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;

  private RecordingReader(Path folder) {
    this.folder = folder;
  }

  static Recording read(Path folder) {
    RecordingReader reader = new RecordingReader(folder);
    if (!Files.isReadable(folder.resolve(ABOUT))) {
      throw new AurigaException(
          ReplayError.NO_RECORDING,
          "open the recording in " + folder,
          "it has no readable " + ABOUT);
    }
    try {
      return reader.read();
    } catch (IOException unreadable) {
      throw new AurigaException(
          ReplayError.NO_RECORDING,
          "open the recording in " + folder,
          String.valueOf(unreadable.getMessage()),
          unreadable);
    }
  }

  private Recording read() throws IOException {
    About about = about(small(ABOUT));
    FixedAnswers answers = new FixedAnswers(small(SPEC), small(GENESIS), small(DEPOSIT_CONTRACT));
    ChainSpec spec = spec(answers.spec());
    Genesis genesis = genesis(answers.genesis());
    List<RecordedBlock> blocks = blocks(BlockSchemas.of(spec));
    List<TimedEvent> events = events(genesis.time());
    return new Recording(
        about,
        spec,
        genesis,
        answers,
        new Timeline(blocks, events),
        executionBlocks(),
        StateArchive.read(StateSchemas.of(spec), folder.resolve(StateArchive.FILE)));
  }

  private About about(String text) {
    return parse(
        ABOUT,
        text,
        json -> {
          int format = json.path("format").asInt(-1);
          if (format != FORMAT) {
            throw new AurigaException(
                ReplayError.UNKNOWN_FORMAT,
                "open the recording in " + folder,
                "its format is " + json.path("format") + ", and this version reads " + FORMAT);
          }
          return new About(
              json.path("name").asString(""),
              json.path("description").asString(""),
              json.path("source").asString(""),
              new Slot(json.required("firstSlot").asLong()),
              new Slot(json.required("lastSlot").asLong()));
        });
  }

  private ChainSpec spec(String text) {
    return parse(
        SPEC,
        text,
        json -> {
          Map<String, String> values = new HashMap<>();
          json.required("data")
              .properties()
              .forEach(
                  entry -> {
                    if (entry.getValue().isValueNode()) {
                      values.put(entry.getKey(), entry.getValue().asString());
                    }
                  });
          return ChainSpec.of(values);
        });
  }

  private Genesis genesis(String text) {
    return parse(
        GENESIS,
        text,
        json -> {
          JsonNode data = json.required("data");
          return new Genesis(
              Instant.ofEpochSecond(UInt64.parseDecimal(text(data, "genesis_time"))),
              Root.fromHex(text(data, "genesis_validators_root")),
              ForkVersion.fromHex(text(data, "genesis_fork_version")));
        });
  }

  private List<RecordedBlock> blocks(BlockSchemas schemas) throws IOException {
    List<RecordedBlock> blocks = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(BLOCKS), "*.ssz")) {
      for (Path file : files) {
        if (blocks.size() == BLOCKS_MAX) {
          throw tooLarge(BLOCKS, "it has more than " + BLOCKS_MAX + " blocks");
        }
        blocks.add(block(schemas, file));
      }
    }
    return blocks;
  }

  private RecordedBlock block(BlockSchemas schemas, Path file) {
    String name = String.valueOf(file.getFileName());
    Matcher parts = BLOCK_FILE.matcher(name);
    if (!parts.matches()) {
      throw malformed(BLOCKS + "/" + name, "its name is not <slot>_<fork>_<root>.ssz");
    }
    ForkName fork =
        ForkName.find(parts.group(2))
            .orElseThrow(() -> malformed(BLOCKS + "/" + name, "its fork is unknown"));
    RecordedBlock block;
    try {
      byte[] ssz = bytes(file, BLOCK_BYTES_MAX);
      block = RecordedBlock.of(SignedBlockView.of(schemas, fork, ssz), () -> again(file));
    } catch (IOException | SszException unreadable) {
      throw malformed(BLOCKS + "/" + name, String.valueOf(unreadable.getMessage()));
    }
    boolean named =
        block.slot().toString().equals(parts.group(1))
            && block.root().toHex().startsWith(parts.group(3), 2);
    if (!named) {
      throw malformed(BLOCKS + "/" + name, "its content is " + block);
    }
    return block;
  }

  private static byte[] again(Path file) {
    try {
      return bytes(file, BLOCK_BYTES_MAX);
    } catch (IOException unreadable) {
      throw new AurigaException(
          ReplayError.NO_RECORDING,
          "read " + file + " again",
          String.valueOf(unreadable.getMessage()),
          unreadable);
    }
  }

  private List<ExecutionBlock> executionBlocks() throws IOException {
    List<ExecutionBlock> blocks = new ArrayList<>();
    long total = 0;
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(
                new BufferedInputStream(Files.newInputStream(folder.resolve(EXECUTION)))))) {
      BoundedLines lines = new BoundedLines(in, EXECUTION, EXECUTION_BYTES_MAX, BLOCKS_MAX + 1);
      for (String line = lines.next(); line != null; line = lines.next()) {
        total += line.length();
        if (total > EXECUTION_TOTAL_MAX) {
          throw tooLarge(EXECUTION, "it has more than " + EXECUTION_TOTAL_MAX + " bytes");
        }
        String json = line;
        blocks.add(
            parse(
                EXECUTION + " line " + lines.number(),
                json,
                block ->
                    new ExecutionBlock(
                        BlockHash.fromHex(text(block, "hash")),
                        new BlockNumber(UInt64.parseQuantity(text(block, "number"))),
                        json)));
      }
    }
    return blocks;
  }

  private List<TimedEvent> events(Instant genesis) throws IOException {
    List<TimedEvent> events = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(EVENTS)))) {
      BoundedLines lines = new BoundedLines(in, EVENTS, EVENT_BYTES_MAX, EVENTS_MAX);
      for (String line = lines.next(); line != null; line = lines.next()) {
        events.add(parse(EVENTS + " line " + lines.number(), line, json -> event(genesis, json)));
      }
    }
    return events;
  }

  private static TimedEvent event(Instant genesis, JsonNode json) {
    String topic = text(json, "topic");
    JsonNode data = json.required("data");
    Change change =
        switch (topic) {
          case "block" -> new Change.BlockKnown(Root.fromHex(text(data, "block")));
          case "head" -> new Change.HeadMoved(Root.fromHex(text(data, "block")));
          case FINALITY_TOPIC ->
              new Change.FinalityMoved(
                  new Checkpoints(
                      checkpoint(data.required("previous_justified")),
                      checkpoint(data.required("current_justified")),
                      checkpoint(data.required("finalized"))));
          default -> new Change.Nothing();
        };
    Instant at = genesis.plusMillis(json.required("at").asLong());
    return new TimedEvent(at, topic, data.toString(), change);
  }

  private static Checkpoint checkpoint(JsonNode json) {
    return new Checkpoint(
        Epoch.parseDecimal(text(json, "epoch")), Root.fromHex(text(json, "root")));
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.required(key);
    return value.isContainer() ? "" : value.asString();
  }

  private String small(String name) throws IOException {
    return new String(bytes(folder.resolve(name), SMALL_FILE_MAX), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Path file, int max) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(max + 1);
      if (content.length > max) {
        throw tooLarge(String.valueOf(file.getFileName()), "it has more than " + max + " bytes");
      }
      return content;
    }
  }

  private interface Parsing<T> {
    T from(JsonNode json);
  }

  private <T> T parse(String place, String text, Parsing<T> parsing) {
    try {
      return parsing.from(JSON.readTree(text));
    } catch (JacksonException | IllegalArgumentException malformed) {
      throw malformed(place, String.valueOf(malformed.getMessage()));
    }
  }

  private AurigaException malformed(String place, String problem) {
    return new AurigaException(
        ReplayError.MALFORMED, "read " + place + " of the recording in " + folder, problem);
  }

  private static AurigaException tooLarge(String place, String problem) {
    return new AurigaException(ReplayError.TOO_LARGE, "read " + place + " of a recording", problem);
  }
}
