package io.auriga.app.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.Function;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column whose value is always there: its name, its type, and its value of a row in the encoding
 * {@code PLAIN}.
 */
public final class ParquetColumn<T> {
  private final String name;
  private final Type type;
  private final @Nullable ConvertedType meaning;
  private final Function<T, byte[]> encoding;

  private ParquetColumn(
      String name, Type type, @Nullable ConvertedType meaning, Function<T, byte[]> encoding) {
    this.name = name;
    this.type = type;
    this.meaning = meaning;
    this.encoding = encoding;
  }

  /** A signed 64-bit integer. */
  public static <T> ParquetColumn<T> number(String name, Function<T, Long> value) {
    return new ParquetColumn<>(
        name, Type.INT64, null, row -> little(Long.BYTES).putLong(value.apply(row)).array());
  }

  /** Text in UTF-8. */
  public static <T> ParquetColumn<T> text(String name, Function<T, String> value) {
    return new ParquetColumn<>(
        name,
        Type.BYTE_ARRAY,
        ConvertedType.UTF8,
        row -> {
          byte[] text = value.apply(row).getBytes(StandardCharsets.UTF_8);
          return little(Integer.BYTES + text.length).putInt(text.length).put(text).array();
        });
  }

  /** A day, without a zone. */
  public static <T> ParquetColumn<T> day(String name, Function<T, LocalDate> value) {
    return new ParquetColumn<>(
        name,
        Type.INT32,
        ConvertedType.DATE,
        row ->
            little(Integer.BYTES).putInt(Math.toIntExact(value.apply(row).toEpochDay())).array());
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  String name() {
    return name;
  }

  Type type() {
    return type;
  }

  @Nullable ConvertedType meaning() {
    return meaning;
  }

  byte[] encode(T row) {
    return encoding.apply(row);
  }
}
