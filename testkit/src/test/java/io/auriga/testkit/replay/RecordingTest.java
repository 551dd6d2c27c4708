package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir Path folder;

  private Path copy() throws IOException {
    RecordingWriter.write(Recordings.bundled(), folder);
    return folder;
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  private void assertRefused(ReplayError error, String... parts) {
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> Recording.open(folder))
        .satisfies(
            failure -> {
              assertThat(failure.errorCode()).isEqualTo(error);
              assertThat(failure).hasMessageContainingAll(parts);
            });
  }

  @Test
  void readsTheBundledRecording() {
    Recording recording = Recordings.bundled();

    assertThat(recording.about().firstSlot()).isEqualTo(new Slot(1));
    assertThat(recording.about().lastSlot()).isEqualTo(new Slot(136));
    assertThat(recording.timeline().blocks()).hasSize(127);
    Set<ForkName> forks =
        recording.timeline().blocks().stream().map(RecordedBlock::fork).collect(Collectors.toSet());
    assertThat(forks)
        .containsExactlyInAnyOrder(
            ForkName.CAPELLA, ForkName.DENEB, ForkName.ELECTRA, ForkName.FULU);
  }

  @Test
  void holdsTheExecutionBlockOfEveryPayload() {
    Recording recording = Recordings.bundled();

    assertThat(recording.timeline().blocks())
        .allSatisfy(block -> assertThat(recording.executionBlock(block.blockHash())).isPresent());
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Recording original = Recordings.bundled();

    Recording again = Recording.open(copy());

    assertThat(again.about()).isEqualTo(original.about());
    assertThat(again.genesis()).isEqualTo(original.genesis());
    assertThat(again.spec().values()).isEqualTo(original.spec().values());
    assertThat(again.timeline().events()).isEqualTo(original.timeline().events());
    assertThat(again.executionBlocks())
        .map(Recording.ExecutionBlock::hash)
        .isEqualTo(
            original.executionBlocks().stream().map(Recording.ExecutionBlock::hash).toList());
    for (RecordedBlock block : original.timeline().blocks()) {
      RecordedBlock same =
          again
              .timeline()
              .after(again.timeline().events().size())
              .known(block.root())
              .orElseThrow();
      assertThat(same.ssz()).isEqualTo(block.ssz());
    }
  }

  @Test
  void readsFromAZipFile() throws IOException {
    Path zip = folder.resolve("recording.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      RecordingWriter.write(Recordings.bundled(), files.getPath("/recording"));
    }

    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      Recording recording = Recording.open(files.getPath("/recording"));

      assertThat(recording.timeline().blocks()).hasSize(127);
      assertThat(recording.timeline().blocks().getFirst().ssz()).isNotEmpty();
    }
  }

  @Test
  void saysThatAFolderIsNoRecording() {
    assertRefused(ReplayError.NO_RECORDING, "it has no readable recording.json");
  }

  @Test
  void refusesAFormatOfALaterVersion() throws IOException {
    copy();
    edit("recording.json", "\"format\" : 1", "\"format\" : 2");

    assertRefused(ReplayError.UNKNOWN_FORMAT, "its format is 2");
  }

  @Test
  void refusesABlockThatWasChanged() throws IOException {
    Path block = firstBlock(copy());
    byte[] ssz = Files.readAllBytes(block);
    ssz[150] ^= 1; // in the parent root
    Files.write(block, ssz);

    assertRefused(ReplayError.MALFORMED, String.valueOf(block.getFileName()), "its content is");
  }

  @Test
  void refusesABlockThatWasCutOff() throws IOException {
    Path block = firstBlock(copy());
    byte[] ssz = Files.readAllBytes(block);
    Files.write(block, Arrays.copyOf(ssz, ssz.length - 1));

    assertRefused(ReplayError.MALFORMED, String.valueOf(block.getFileName()));
  }

  @Test
  void refusesAnEventOfABlockThatIsNotThere() throws IOException {
    Path block = firstBlock(copy());
    Files.delete(block);

    assertRefused(ReplayError.MALFORMED, "event", "is not in the recording");
  }

  @Test
  void refusesEventsThatAreNotInOrder() throws IOException {
    List<String> lines = Files.readAllLines(copy().resolve("events.jsonl"));
    Files.write(folder.resolve("events.jsonl"), lines.reversed());

    assertRefused(ReplayError.MALFORMED, "before the event above it");
  }

  @Test
  void namesTheLineThatIsNotJson() throws IOException {
    List<String> lines = Files.readAllLines(copy().resolve("events.jsonl"));
    lines.set(4, "{\"at\":");
    Files.write(folder.resolve("events.jsonl"), lines);

    assertRefused(ReplayError.MALFORMED, "events.jsonl line 5");
  }

  @Test
  void refusesALineOfUnboundedLength() throws IOException {
    Files.writeString(copy().resolve("events.jsonl"), "[".repeat(100_000));

    assertRefused(ReplayError.TOO_LARGE, "line 1 is longer than");
  }

  private static Path firstBlock(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("blocks"))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
