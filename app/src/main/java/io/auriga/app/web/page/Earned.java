package io.auriga.app.web.page;

import io.auriga.types.Gwei;
import io.auriga.validators.rewards.RewardTotals;
import java.util.Locale;

/**
 * What was earned.
 *
 * @param share of what is ideal, in words; empty if nothing could be earned
 * @param note what is not known of it; empty if all is
 */
public record Earned(Amount amount, String share, String note) {
  static Earned of(RewardTotals totals) {
    return new Earned(
        amount(totals.earned()),
        totals.ideal() <= 0
            ? ""
            : String.format(Locale.ROOT, "%.1f %%", 100.0 * totals.earned() / totals.ideal()),
        totals.isWhole() ? "" : "some of it is not known");
  }

  /** An amount that may be less than nothing. */
  static Amount amount(long gwei) {
    Amount size = Amount.inRow(new Gwei(Math.abs(gwei)));
    return gwei < 0 ? new Amount("−" + size.whole(), size.fraction(), "−" + size.exact()) : size;
  }
}
