package io.auriga.app.cli;

import io.auriga.app.parquet.ParquetColumn;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.statement.StatementKey;
import io.auriga.withdrawals.statement.StatementLine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A column of a statement in all its forms.
 *
 * @param value never holds a comma, a quote or a line break
 */
record StatementColumn(
    String name, Function<StatementLine, String> value, ParquetColumn<StatementLine> parquet) {

  /** The columns of a statement by these keys. */
  static List<StatementColumn> of(Set<StatementKey> by) {
    List<StatementColumn> columns = new ArrayList<>();
    if (by.contains(StatementKey.DAY)) {
      columns.add(
          new StatementColumn(
              "day",
              line -> line.day().orElseThrow().toString(),
              ParquetColumn.day("day", line -> line.day().orElseThrow())));
    }
    if (by.contains(StatementKey.GROUP)) {
      columns.add(text("group", line -> line.group().orElseThrow()));
    }
    if (by.contains(StatementKey.ADDRESS)) {
      columns.add(text("address", line -> line.address().map(Address::toHex).orElseThrow()));
    }
    if (by.contains(StatementKey.VALIDATOR)) {
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

  private static StatementColumn text(String name, Function<StatementLine, String> value) {
    return new StatementColumn(name, value, ParquetColumn.text(name, value));
  }

  private static StatementColumn number(String name, Function<StatementLine, BigInteger> value) {
    return new StatementColumn(
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
}
