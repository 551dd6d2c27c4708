package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.app.web.api.FilterParameters;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.WithdrawalError;
import io.auriga.withdrawals.WithdrawalFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the page of withdrawals under a filter. */
final class WithdrawalList {
  private static final int ROWS = 50;

  /** The fields of the form, which are parameters of the REST interface too. */
  private static final List<String> FIELDS =
      List.of("validatorIndex", "address", "fromSlot", "toSlot", "index", "stage", "orphaned");

  private final WebInputs inputs;

  WithdrawalList(WebInputs inputs) {
    this.inputs = inputs;
  }

  WithdrawalsPage page(Request request, Chrome chrome, Instant now) {
    LedgerSummary ledger = inputs.queries().summary();
    Optional<String> cursor = first(request, "cursor");
    String query = query(request);
    io.auriga.withdrawals.WithdrawalPage found;
    WithdrawalsPage.FilterForm form;
    try {
      FilterParameters.requireOnly(request, "cursor");
      WithdrawalFilter filter = FilterParameters.parse(request);
      found = inputs.queries().list(filter, ROWS, cursor);
      form = form(request, query, Optional.empty());
    } catch (AurigaException refused) {
      form = form(request, query, Optional.of(refusal(refused)));
      found = new io.auriga.withdrawals.WithdrawalPage(List.of(), Optional.empty());
    }
    return new WithdrawalsPage(
        chrome,
        form,
        heading(ledger),
        new Rows(inputs.spec(), now).withdrawals(found.records()),
        ledger.withdrawals() == 0,
        cursor.isEmpty() && form.problem().isEmpty(),
        found.nextCursor().map(next -> link("/withdrawals", query, "cursor", next)),
        cursor.map(_ -> "/withdrawals" + (query.isEmpty() ? "" : "?" + query)),
        link("/api/v1/withdrawals/export", query, "format", "csv"),
        link("/api/v1/withdrawals/export", query, "format", "json"));
  }

  private static String heading(LedgerSummary ledger) {
    if (ledger.firstIndex().isEmpty() || ledger.lastIndex().isEmpty()) {
      return "The ledger is empty.";
    }
    return "%s on the canonical chain, %s ETH in all, indices %s to %s."
        .formatted(
            Digits.grouped(ledger.withdrawals()),
            total(ledger),
            Digits.grouped(ledger.firstIndex().get().value()),
            Digits.grouped(ledger.lastIndex().get().value()));
  }

  private static String total(LedgerSummary ledger) {
    Amount amount = Amount.total(ledger.totalGwei());
    return amount.whole() + "." + amount.fraction();
  }

  private static WithdrawalsPage.FilterForm form(
      Request request, String query, Optional<WithdrawalsPage.Refusal> problem) {
    return new WithdrawalsPage.FilterForm(
        typed(request, "validatorIndex"),
        typed(request, "address"),
        typed(request, "fromSlot"),
        typed(request, "toSlot"),
        typed(request, "index"),
        typed(request, "stage"),
        typed(request, "orphaned").equals("true"),
        problem,
        !query.isEmpty());
  }

  /** What the message says is wrong, with the field it names so that it can be marked. */
  private static WithdrawalsPage.Refusal refusal(AurigaException refused) {
    if (!(refused instanceof HttpException)
        && refused.errorCode() != WithdrawalError.BAD_CURSOR
        && refused.errorCode() != WithdrawalError.BAD_FILTER) {
      throw refused;
    }
    String message = String.valueOf(refused.getMessage());
    String parameter =
        FIELDS.stream()
            .filter(field -> message.contains("parameter " + field + ":"))
            .findFirst()
            .orElse("");
    return new WithdrawalsPage.Refusal(parameter, message + ".", refused.remedy() + ".");
  }

  /** The filter as a permalink, without empty fields and without the place in the list. */
  private static String query(Request request) {
    List<String> pairs = new ArrayList<>();
    for (String field : FilterParameters.names()) {
      for (String value : request.queryAll(field)) {
        if (!value.isBlank()) {
          pairs.add(field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
      }
    }
    return String.join("&", pairs);
  }

  private static String link(String path, String query, String name, String value) {
    String last = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return path + "?" + (query.isEmpty() ? last : query + "&" + last);
  }

  private static String typed(Request request, String field) {
    return String.join(",", request.queryAll(field));
  }

  private static Optional<String> first(Request request, String name) {
    return request.queryAll(name).stream().filter(text -> !text.isEmpty()).findFirst();
  }
}
