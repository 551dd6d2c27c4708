package io.auriga.app.cli;

import io.auriga.app.parquet.ParquetFile;
import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementLine;
import io.auriga.withdrawals.statement.Sums;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A statement as a file: CSV, JSON or Parquet, with the same columns. */
enum StatementForm {
  CSV {
    @Override
    StatementWriter to(StatementPeriod period, Writer out) throws IOException {
      List<StatementColumn> columns = StatementColumn.of(period.by());
      out.write(
          columns.stream().map(StatementColumn::name).collect(Collectors.joining(",", "", "\n")));
      return new StatementWriter() {
        @Override
        public void line(StatementLine line) throws IOException {
          out.write(
              columns.stream()
                  .map(column -> column.value().apply(line))
                  .collect(Collectors.joining(",", "", "\n")));
        }

        @Override
        public void end(Statement statement) throws IOException {
          out.flush();
        }
      };
    }
  },
  JSON {
    @Override
    StatementWriter to(StatementPeriod period, Writer out) throws IOException {
      List<StatementColumn> columns = StatementColumn.of(period.by());
      String head =
          JsonLine.of(
              json ->
                  json.text("from", period.from().toString()).text("to", period.to().toString()));
      out.write(head.substring(0, head.length() - 1) + ",\"lines\":[");
      return new StatementWriter() {
        private String before = "\n";

        @Override
        public void line(StatementLine line) throws IOException {
          out.write(before);
          out.write(
              JsonLine.of(
                  json ->
                      columns.forEach(
                          column -> json.text(column.name(), column.value().apply(line)))));
          before = ",\n";
        }

        @Override
        public void end(Statement statement) throws IOException {
          out.write("\n],\"total\":" + json(statement.total()));
          out.write(
              ",\"unattributed\":"
                  + JsonLine.of(
                      json ->
                          statement
                              .unattributed()
                              .forEach((reason, gwei) -> json.text(reason, gwei.toString()))));
          out.write(",\"notFinal\":" + json(statement.open()) + "}\n");
          out.flush();
        }
      };
    }
  },
  PARQUET {
    @Override
    StatementWriter to(StatementPeriod period, Writer out) {
      throw new IllegalStateException("Parquet is no text");
    }

    @Override
    StatementWriter to(StatementPeriod period, OutputStream out) throws IOException {
      ParquetFile<StatementLine> file =
          new ParquetFile<>(
              StatementColumn.of(period.by()).stream().map(StatementColumn::parquet).toList(),
              "Auriga " + Version.current(),
              out);
      return new StatementWriter() {
        @Override
        public void line(StatementLine line) throws IOException {
          file.add(line);
        }

        @Override
        public void end(Statement statement) throws IOException {
          file.finish(
              Map.of(
                  "from", period.from().toString(),
                  "to", period.to().toString(),
                  "notFinalCount", Long.toString(statement.open().count()),
                  "notFinalGwei", statement.open().amount().toString()));
        }
      };
    }
  };

  /** Begins a statement as text. */
  abstract StatementWriter to(StatementPeriod period, Writer out) throws IOException;

  /** Begins a statement as bytes. */
  StatementWriter to(StatementPeriod period, OutputStream out) throws IOException {
    return to(period, new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private static String json(Sums sums) {
    return JsonLine.of(
        json ->
            json.text("count", Long.toString(sums.count()))
                .text("amountGwei", sums.amount().toString())
                .text("principalGwei", sums.principal().toString())
                .text("incomeGwei", sums.income().toString())
                .text("requestedGwei", sums.requested().toString())
                .text("unattributedGwei", sums.unattributed().toString()));
  }
}
