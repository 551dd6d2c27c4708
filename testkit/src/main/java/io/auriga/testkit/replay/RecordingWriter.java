package io.auriga.testkit.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a recording in format 1 into a folder, for example a simulated chain for the demo. */
public final class RecordingWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RecordingWriter() {}

  /** Creates the folder if need be; files of the same names are replaced. */
  public static void write(Recording recording, Path folder) throws IOException {
    Path blocks = Files.createDirectories(folder.resolve(RecordingReader.BLOCKS));
    Files.writeString(folder.resolve(RecordingReader.SPEC), recording.answers().spec());
    Files.writeString(folder.resolve(RecordingReader.GENESIS), recording.answers().genesis());
    Files.writeString(
        folder.resolve(RecordingReader.DEPOSIT_CONTRACT), recording.answers().depositContract());
    for (RecordedBlock block : recording.timeline().blocks()) {
      Files.write(blocks.resolve(fileName(block)), block.ssz());
    }
    writeExecution(recording, folder.resolve(RecordingReader.EXECUTION));
    writeEvents(recording, folder.resolve(RecordingReader.EVENTS));
    StateArchive.write(recording.states(), folder.resolve(StateArchive.FILE));
    // Last, because a folder without it is no recording.
    Files.writeString(folder.resolve(RecordingReader.ABOUT), about(recording));
  }

  static String fileName(RecordedBlock block) {
    return String.format(
        Locale.ROOT,
        "%s_%s_%s.ssz",
        block.slot(),
        block.fork().lowerName(),
        block.root().toHex().substring(2, 10));
  }

  private static String about(Recording recording) {
    ObjectNode about = JSON.createObjectNode();
    about.put("format", RecordingReader.FORMAT);
    about.put("name", recording.about().name());
    about.put("description", recording.about().description());
    about.put("source", recording.about().source());
    about.put("genesisTime", recording.genesis().time().getEpochSecond());
    about.put("secondsPerSlot", recording.spec().slotDuration().toSeconds());
    about.put("firstSlot", recording.about().firstSlot().value());
    about.put("lastSlot", recording.about().lastSlot().value());
    return about.toPrettyString() + "\n";
  }

  private static void writeExecution(Recording recording, Path file) throws IOException {
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (Recording.ExecutionBlock block : recording.executionBlocks()) {
        out.write(JSON.readTree(block.json()).toString());
        out.write('\n');
      }
    }
  }

  private static void writeEvents(Recording recording, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (TimedEvent event : recording.timeline().events()) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", Duration.between(recording.genesis().time(), event.at()).toMillis());
        line.put("topic", event.topic());
        line.set("data", JSON.readTree(event.data()));
        out.write(line.toString());
        out.write('\n');
      }
    }
  }
}
