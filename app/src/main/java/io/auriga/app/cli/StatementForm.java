package io.auriga.app.cli;

import io.auriga.app.parquet.ParquetColumn;
import io.auriga.app.parquet.ParquetFile;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementKey;
import io.auriga.withdrawals.statement.StatementLine;
import io.auriga.withdrawals.statement.Sums;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A statement as a file: CSV, JSON or Parquet, with the same columns. */
enum StatementForm {
  CSV {
    @Override
    void write(Statement statement, OutputStream out) throws IOException {
      List<Column> columns = columns(statement);
      StringBuilder text = new StringBuilder();
      text.append(columns.stream().map(Column::name).collect(Collectors.joining(","))).append('\n');
      for (StatementLine line : statement.lines()) {
        text.append(
                columns.stream()
                    .map(column -> column.value().apply(line))
                    .collect(Collectors.joining(",")))
            .append('\n');
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  },
  JSON {
    @Override
    void write(Statement statement, OutputStream out) throws IOException {
      List<Column> columns = columns(statement);
      String lines =
          statement.lines().stream()
              .map(
                  line ->
                      JsonLine.of(
                          json ->
                              columns.forEach(
                                  column -> json.text(column.name(), column.value().apply(line)))))
              .collect(Collectors.joining(",\n"));
      String head =
          JsonLine.of(
              json ->
                  json.text("from", statement.from().toString())
                      .text("to", statement.to().toString()));
      String text =
          head.substring(0, head.length() - 1)
              + ",\"lines\":[\n"
              + lines
              + "\n],\"total\":"
              + JsonLine.of(json -> sums(json, statement.total()))
              + ",\"unattributed\":"
              + JsonLine.of(
                  json ->
                      statement
                          .unattributed()
                          .forEach((reason, gwei) -> json.text(reason, gwei.toString())))
              + ",\"notFinal\":"
              + JsonLine.of(json -> sums(json, statement.open()))
              + "}\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  },
  PARQUET {
    @Override
    void write(Statement statement, OutputStream out) throws IOException {
      List<ParquetColumn<StatementLine>> columns =
          columns(statement).stream().map(Column::parquet).toList();
      new ParquetFile<>(
              columns,
              "Auriga " + Version.current(),
              Map.of(
                  "from", statement.from().toString(),
                  "to", statement.to().toString(),
                  "notFinalCount", Long.toString(statement.open().count()),
                  "notFinalGwei", statement.open().amount().toString()))
          .write(statement.lines(), out);
    }
  };

  abstract void write(Statement statement, OutputStream out) throws IOException;

  /** A column in all forms. No text of it can hold a comma, a quote or a line break. */
  private record Column(
      String name, Function<StatementLine, String> value, ParquetColumn<StatementLine> parquet) {}

  private static List<Column> columns(Statement statement) {
    List<Column> columns = new ArrayList<>();
    if (statement.by().contains(StatementKey.DAY)) {
      columns.add(
          new Column(
              "day",
              line -> line.day().orElseThrow().toString(),
              ParquetColumn.day("day", line -> line.day().orElseThrow())));
    }
    if (statement.by().contains(StatementKey.GROUP)) {
      columns.add(text("group", line -> line.group().orElseThrow()));
    }
    if (statement.by().contains(StatementKey.ADDRESS)) {
      columns.add(text("address", line -> line.address().map(Address::toHex).orElseThrow()));
    }
    if (statement.by().contains(StatementKey.VALIDATOR)) {
      columns.add(
          number(
              "validatorIndex",
              line ->
                  BigInteger.valueOf(line.validator().map(ValidatorIndex::value).orElseThrow())));
    }
    columns.add(number("count", line -> BigInteger.valueOf(line.sums().count())));
    columns.add(number("amountGwei", line -> line.sums().amount()));
    columns.add(number("principalGwei", line -> line.sums().principal()));
    columns.add(number("incomeGwei", line -> line.sums().income()));
    columns.add(number("requestedGwei", line -> line.sums().requested()));
    columns.add(number("unattributedGwei", line -> line.sums().unattributed()));
    return columns;
  }

  private static Column text(String name, Function<StatementLine, String> value) {
    return new Column(name, value, ParquetColumn.text(name, value));
  }

  private static Column number(String name, Function<StatementLine, BigInteger> value) {
    return new Column(
        name,
        line -> value.apply(line).toString(),
        ParquetColumn.number(name, line -> exact(name, value.apply(line))));
  }

  private static long exact(String name, BigInteger value) {
    if (value.bitLength() >= Long.SIZE) {
      throw new AurigaException(
          CliError.OUTPUT,
          "write " + name + " " + value + " as Parquet",
          "it does not fit 64 bits; CSV and JSON have no such limit");
    }
    return value.longValue();
  }

  private static void sums(JsonLine json, Sums sums) {
    json.text("count", Long.toString(sums.count()))
        .text("amountGwei", sums.amount().toString())
        .text("principalGwei", sums.principal().toString())
        .text("incomeGwei", sums.income().toString())
        .text("requestedGwei", sums.requested().toString())
        .text("unattributedGwei", sums.unattributed().toString());
  }
}
