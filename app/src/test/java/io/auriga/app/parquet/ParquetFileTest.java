package io.auriga.app.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back by another maker's reader. */
class ParquetFileTest {
  @TempDir private Path folder;

  private record Line(LocalDate day, String name, long amount) {}

  private static final List<ParquetColumn<Line>> COLUMNS =
      List.of(
          ParquetColumn.day("day", Line::day),
          ParquetColumn.text("name", Line::name),
          ParquetColumn.number("amount", Line::amount));

  private List<Line> written(List<Line> lines) throws IOException {
    Path path = folder.resolve(lines.size() + ".parquet");
    try (OutputStream out = Files.newOutputStream(path)) {
      ParquetFile<Line> file = new ParquetFile<>(COLUMNS, "a test", out);
      for (Line line : lines) {
        file.add(line);
      }
      file.finish(Map.of("from", "then"));
    }
    List<Line> read = new ArrayList<>();
    try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(path));
        RowReader rows = file.rowReader()) {
      while (rows.hasNext()) {
        rows.next();
        read.add(new Line(rows.getDate("day"), rows.getString("name"), rows.getLong("amount")));
      }
    }
    return read;
  }

  @Test
  void anotherReaderReadsWhatWasWritten() throws IOException {
    List<Line> lines =
        List.of(
            new Line(LocalDate.of(2026, 1, 1), "north", Long.MAX_VALUE),
            new Line(LocalDate.of(1969, 12, 31), "", 0),
            new Line(LocalDate.of(2026, 2, 28), "süd €", -1));
    assertThat(written(lines)).isEqualTo(lines);
  }

  @Test
  void anEmptyTableIsAFileToo() throws IOException {
    assertThat(written(List.of())).isEmpty();
  }

  @Test
  void rowsBeyondOneGroupGoIntoTheNext() throws IOException {
    List<Line> lines =
        IntStream.range(0, 150_000)
            .mapToObj(i -> new Line(LocalDate.ofEpochDay(i), "n" + i, i))
            .toList();
    assertThat(written(lines)).isEqualTo(lines);
  }
}
