package io.auriga.app.cli;

import io.auriga.app.web.api.WithdrawalCsv;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalPage;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals list}: what the ledger knows, newest first. */
@Command(
    name = "list",
    description = {"Lists withdrawals of the ledger, also while 'auriga run' writes it.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals list --validator 123456,123457 --from 7d",
      "  auriga withdrawals list --slot 6209538..6209600 --csv",
      "  auriga withdrawals list --block 17034870 --json",
      "  auriga withdrawals list --stage execution,safe --limit 1000"
    })
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "At most so many, up to 1000; 'export' gives all. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @ArgGroup(exclusive = true)
  private Order order = new Order();

  @ArgGroup(exclusive = true)
  private Form form = new Form();

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** Which end to begin at. */
  static final class Order {
    @Option(names = "--newest", description = "The newest first; the default.")
    boolean newest;

    @Option(names = "--oldest", description = "The oldest first.")
    boolean oldest;
  }

  /** What a record is written as. */
  static final class Form {
    @Option(names = "--json", description = "One JSON object a withdrawal, a line each.")
    boolean json;

    @Option(names = "--csv", description = "Comma-separated values, with a heading.")
    boolean csv;
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > WithdrawalQueries.LIMIT_MAX) {
      throw new AurigaException(
          CliError.USAGE,
          "list " + limit + " withdrawals",
          "--limit takes 1 to " + WithdrawalQueries.LIMIT_MAX + "; 'export' gives all");
    }
    InstantSource time = InstantSource.system();
    Function<WithdrawalQueries, WithdrawalFilter> filtered = filter.filter(time);
    WithdrawalPage page =
        LedgerAccess.ask(
            config,
            queries -> {
              WithdrawalFilter wanted = filtered.apply(queries);
              return queries.list(
                  order.oldest ? wanted.withOrder(WithdrawalFilter.Order.OLDEST_FIRST) : wanted,
                  limit,
                  Optional.empty());
            });
    print(page, time.instant());
    return ExitCode.OK;
  }

  private void print(WithdrawalPage page, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    if (form.json) {
      page.records().forEach(record -> out.println(WithdrawalText.json(record)));
      return;
    }
    if (form.csv) {
      out.println(WithdrawalCsv.HEADING);
      page.records().forEach(record -> out.println(WithdrawalCsv.line(record)));
      return;
    }
    if (page.records().isEmpty()) {
      out.println("No withdrawals in the ledger match.");
      return;
    }
    TextTable table = WithdrawalText.table();
    for (WithdrawalRecord record : page.records()) {
      WithdrawalText.addTo(table, record, now);
    }
    table.print(out);
    if (page.nextCursor().isPresent()) {
      out.println();
      out.println("There are more: raise --limit, narrow the filter, or use 'export'.");
    }
  }
}
