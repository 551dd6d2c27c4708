package io.auriga.app.web.page;

import io.auriga.validators.RecentDuties.Look;
import io.auriga.validators.RecentDuties.Vote;
import io.auriga.validators.rewards.RewardPart;
import io.auriga.validators.rewards.RewardTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one watched validator did and earned.
 *
 * @param epochs which the strip shows; empty text before the first
 * @param facts where it stands
 * @param notable epochs in which not all was perfect, the newest first
 * @param parts of the last day's rewards; empty if none is known
 */
public record DutyPanel(
    ValidatorsPage.Row row,
    String epochs,
    List<WithdrawalPage.Fact> facts,
    List<String> notable,
    List<Part> parts) {
  /** As many as a person reads. */
  private static final int NOTABLE = 8;

  public DutyPanel {
    facts = List.copyOf(facts);
    notable = List.copyOf(notable);
    parts = List.copyOf(parts);
  }

  /** One part of its rewards; amounts are Gwei, or a question mark. */
  public record Part(String name, String earned, String ideal, String missed) {}

  static DutyPanel of(
      ValidatorsPage.Row row, String epochs, List<Look> newestFirst, Optional<RewardTotals> day) {
    List<WithdrawalPage.Fact> facts = new ArrayList<>();
    facts.add(fact("Status", row.standing().text(), row.labels()));
    if (!row.group().isEmpty()) {
      facts.add(
          new WithdrawalPage.Fact("Group", row.group(), "", GroupPages.link(row.group()), false));
    }
    row.balance()
        .ifPresent(
            balance ->
                facts.add(
                    fact(
                        "Balance",
                        balance.whole() + "." + balance.fraction() + " ETH",
                        "at the end of the last epoch that was asked for")));
    facts.add(fact("Effectiveness", row.effectiveness(), epochs));
    if (!row.next().isEmpty()) {
      facts.add(fact("Next", row.next(), ""));
    }
    return new DutyPanel(
        row,
        epochs,
        facts,
        newestFirst.stream()
            .filter(look -> look.vote() == Vote.PART || look.vote() == Vote.MISSED)
            .limit(NOTABLE)
            .map(look -> "Epoch " + look.epoch() + ": " + DutyStrip.vote(look) + ".")
            .toList(),
        day.map(DutyPanel::parts).orElse(List.of()));
  }

  private static List<Part> parts(RewardTotals totals) {
    List<Part> parts = new ArrayList<>();
    Arrays.stream(RewardPart.values())
        .map(
            part -> {
              boolean isKnown = totals.unknown(part) < totals.epochs();
              return new Part(
                  part.lowerName(),
                  text(isKnown, totals.earned(part)),
                  text(isKnown, totals.ideal(part)),
                  text(isKnown, totals.missed(part)));
            })
        .forEach(parts::add);
    parts.add(
        new Part(
            "together",
            text(true, totals.earned()),
            text(true, totals.ideal()),
            text(true, totals.missed())));
    return parts;
  }

  private static String text(boolean isKnown, long gwei) {
    if (!isKnown) {
      return "?";
    }
    return (gwei < 0 ? "−" : "") + Digits.grouped(Math.abs(gwei));
  }

  private static WithdrawalPage.Fact fact(String label, String value, String note) {
    return new WithdrawalPage.Fact(label, value, note, "", false);
  }
}
