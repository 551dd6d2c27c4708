package io.auriga.app.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table of required columns as a Parquet file, version 1, row by row: {@code PLAIN}, not
 * compressed, one page a column in each group of rows. The metadata is written by Parquet's own
 * classes.
 */
public final class ParquetFile<T> {
  /** Keeps a page below some megabytes, and memory flat. */
  private static final int ROWS_IN_GROUP = 65_536;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final List<ParquetColumn<T>> columns;
  private final String writer;
  private final Counted out;
  private final List<T> waiting = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private long rows;

  /**
   * Begins a file.
   *
   * @param writer what to name as the program that wrote it
   * @param target is not closed
   */
  public ParquetFile(List<ParquetColumn<T>> columns, String writer, OutputStream target)
      throws IOException {
    this.columns = List.copyOf(columns);
    this.writer = writer;
    this.out = new Counted(target);
    out.write(MAGIC);
  }

  /** Adds a row, which must not change any more. */
  public void add(T row) throws IOException {
    waiting.add(row);
    rows++;
    if (waiting.size() == ROWS_IN_GROUP) {
      writeGroup();
    }
  }

  private void writeGroup() throws IOException {
    groups.add(group(waiting));
    waiting.clear();
  }

  /**
   * Writes what makes a file of it, to be called once.
   *
   * @param notes kept in the file's metadata
   */
  public void finish(Map<String, String> notes) throws IOException {
    if (!waiting.isEmpty()) {
      writeGroup();
    }
    FileMetaData metadata = new FileMetaData(1, schema(), rows, groups);
    metadata.setCreated_by(writer);
    metadata.setKey_value_metadata(
        notes.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(note -> new KeyValue(note.getKey()).setValue(note.getValue()))
            .toList());
    long start = out.written;
    Util.writeFileMetaData(metadata, out);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(Math.toIntExact(out.written - start))
            .array());
    out.write(MAGIC);
    out.flush();
  }

  private RowGroup group(List<T> rows) throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long size = 0;
    for (ParquetColumn<T> column : columns) {
      ByteArrayOutputStream page = new ByteArrayOutputStream();
      rows.forEach(row -> page.writeBytes(column.encode(row)));
      PageHeader header = new PageHeader(PageType.DATA_PAGE, page.size(), page.size());
      header.setData_page_header(
          new DataPageHeader(rows.size(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
      long offset = out.written;
      Util.writePageHeader(header, out);
      page.writeTo(out);
      long length = out.written - offset;
      ColumnChunk chunk = new ColumnChunk(offset);
      chunk.setMeta_data(
          new ColumnMetaData(
              column.type(),
              List.of(Encoding.PLAIN, Encoding.RLE),
              List.of(column.name()),
              CompressionCodec.UNCOMPRESSED,
              rows.size(),
              length,
              length,
              offset));
      chunks.add(chunk);
      size += length;
    }
    return new RowGroup(chunks, size, rows.size());
  }

  private List<SchemaElement> schema() {
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(new SchemaElement("table").setNum_children(columns.size()));
    for (ParquetColumn<T> column : columns) {
      SchemaElement element =
          new SchemaElement(column.name())
              .setType(column.type())
              .setRepetition_type(FieldRepetitionType.REQUIRED);
      @Nullable ConvertedType meaning = column.meaning();
      schema.add(meaning == null ? element : element.setConverted_type(meaning));
    }
    return schema;
  }

  /** Knows how much went through it. */
  private static final class Counted extends OutputStream {
    private final OutputStream target;
    private long written;

    Counted(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int one) throws IOException {
      target.write(one);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
