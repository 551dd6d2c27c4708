package io.auriga.app.web.page;

import io.auriga.withdrawals.kind.RequestCause;
import java.util.ArrayList;
import java.util.List;

/** The request behind a withdrawal, for its page. */
final class CauseFacts {
  private CauseFacts() {}

  static List<WithdrawalPage.Fact> of(RequestCause cause) {
    List<WithdrawalPage.Fact> facts = new ArrayList<>();
    facts.add(
        Details.fact(
            "Requested in",
            "slot " + Digits.grouped(cause.slot().value()),
            Amount.exact(cause.amount()).exact() + " asked for" + doubt(cause),
            "/blocks/" + cause.blockRoot().toHex()));
    facts.add(Details.hash("Requested by", cause.source().toHex(), ""));
    cause
        .log()
        .ifPresent(
            log ->
                facts.add(
                    Details.hash(
                        "Request transaction",
                        log.transaction().toHex(),
                        "log "
                            + log.index()
                            + " of execution block "
                            + Digits.grouped(log.blockNumber().value())
                            + ", as the execution node says")));
    return facts;
  }

  private static String doubt(RequestCause cause) {
    return cause.isProven()
        ? ""
        : "; " + Digits.counted(cause.others(), "later request") + " could have caused it as well";
  }
}
