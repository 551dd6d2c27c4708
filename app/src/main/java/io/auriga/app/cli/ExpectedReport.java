package io.auriga.app.cli;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.expected.ExpectedWithdrawals;
import io.auriga.withdrawals.expected.ListDifference;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code auriga withdrawals expected} found.
 *
 * @param slot the block's
 * @param sameEpoch whether the state and the block are of one epoch; if not, the state is not the
 *     one that the block meets
 * @param compared whether there was a payload
 */
record ExpectedReport(
    BeaconStateView state,
    Slot slot,
    boolean sameEpoch,
    ExpectedWithdrawals expected,
    boolean compared,
    Optional<ListDifference> difference) {

  int exitCode() {
    if (difference.isEmpty()) {
      return ExitCode.OK;
    }
    return sameEpoch ? ExitCode.FINDING : ExitCode.UNREADABLE;
  }

  /** What a person must know before trusting the list. */
  Optional<String> note() {
    return sameEpoch
        ? Optional.empty()
        : Optional.of(
            "Note: the state is of slot "
                + state.slot()
                + ", and an epoch begins between it and slot "
                + slot
                + ". What that changes (rewards, exits, effective balances) is not applied: the"
                + " list is what this state gives, which need not be what the block must carry."
                + " A state of the block's own epoch is exact.");
  }

  /** Null where there was no payload, or where a difference proves nothing. */
  private @Nullable Boolean payloadMatches() {
    if (!compared || (difference.isPresent() && !sameEpoch)) {
      return null;
    }
    return difference.isEmpty();
  }

  private @Nullable String differenceText() {
    return difference
        .map(
            found ->
                sameEpoch
                    ? found.summary()
                    : "not provable, because an epoch begins between the state and the block: "
                        + found.summary())
        .orElse(null);
  }

  /** One line of JSON; the order of the keys is part of the interface. */
  String toJson() {
    return JsonLine.of(
        json ->
            json.objects("withdrawals", expected.withdrawals(), ExpectedReport::write)
                .text("nextWithdrawalIndex", expected.nextWithdrawalIndex().toString())
                .text(
                    "nextWithdrawalValidatorIndex",
                    expected.nextWithdrawalValidatorIndex().toString())
                .text("processedPartials", String.valueOf(expected.processedPartials()))
                .flag("payloadMatches", payloadMatches())
                .text("difference", differenceText()));
  }

  private static void write(JsonLine json, Withdrawal withdrawal) {
    json.text("index", withdrawal.index().toString())
        .text("validatorIndex", withdrawal.validatorIndex().toString())
        .text("address", withdrawal.address().toHex())
        .text("amount", withdrawal.amount().toString());
  }

  void print(PrintWriter out) {
    int count = expected.withdrawals().size();
    out.printf(
        Locale.ROOT,
        "A block of slot %s on the state of slot %s (%s, %,d validators) must carry %s.%n",
        slot,
        state.slot(),
        state.fork().lowerName(),
        state.validatorCount(),
        count == 1 ? "1 withdrawal" : count + " withdrawals");
    if (count > 0) {
      TextTable table =
          new TextTable(
              TextTable.Column.right("ENTRY"),
              TextTable.Column.right("INDEX"),
              TextTable.Column.right("VALIDATOR"),
              TextTable.Column.left("ADDRESS"),
              TextTable.Column.right("GWEI"));
      for (int i = 0; i < count; i++) {
        Withdrawal withdrawal = expected.withdrawals().get(i);
        table.add(
            String.valueOf(i),
            withdrawal.index().toString(),
            withdrawal.validatorIndex().toString(),
            withdrawal.address().toHex(),
            withdrawal.amount().toString());
      }
      table.print(out);
    }
    out.println("Requested withdrawals used up: " + expected.processedPartials());
    out.println("Next withdrawal index:         " + expected.nextWithdrawalIndex());
    out.println("Next validator of the sweep:   " + expected.nextWithdrawalValidatorIndex());
    if (compared) {
      String text = differenceText();
      out.println(
          text == null
              ? "The payload carries exactly these."
              : (sameEpoch ? "The payload differs: " : "The payload: ") + text);
    }
  }
}
