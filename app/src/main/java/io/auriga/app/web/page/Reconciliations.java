package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.withdrawals.reconcile.Divergence;
import io.auriga.withdrawals.reconcile.ReconciledBlock;
import java.time.Instant;
import java.util.List;

/** Makes the page of reconciliation. */
final class Reconciliations {
  private static final int DIVERGENCES = 100;
  private static final int BLOCKS = 64;

  private final WebInputs inputs;

  Reconciliations(WebInputs inputs) {
    this.inputs = inputs;
  }

  ReconciliationPage page(Chrome chrome, Instant now) {
    long open = inputs.reconcile().open().values().stream().mapToLong(Long::longValue).sum();
    List<ReconciledBlock> blocks = inputs.reconcile().blocks(BLOCKS);
    return new ReconciliationPage(
        chrome,
        heading(open, blocks.isEmpty()),
        inputs.reconcile().divergences(DIVERGENCES).stream().map(one -> row(one, now)).toList(),
        blocks.stream().map(block -> row(block, now)).toList());
  }

  private static String heading(long open, boolean nothingYet) {
    if (open > 0) {
      return Digits.counted(open, "divergence") + " open.";
    }
    return nothingYet
        ? "Blocks are checked as they come; none was yet."
        : "Nothing that was checked disagrees.";
  }

  private static ReconciliationPage.DivergenceRow row(Divergence one, Instant now) {
    String state = one.isOpen() ? "open" : one.repair().orElse("agrees again");
    return new ReconciliationPage.DivergenceRow(
        one.code().code() + one.root().map(Object::toString).orElse("") + one.subject(),
        one.code().code(),
        one.code().meaning(),
        one.code().remedy(),
        one.slot().map(slot -> Digits.grouped(slot.value())).orElse(""),
        one.root().map(root -> "/blocks/" + root.toHex()).orElse(""),
        one.subject(),
        one.expected(),
        one.found(),
        Moment.of(one.foundAt(), now),
        one.isOpen(),
        state);
  }

  private static ReconciliationPage.CheckedRow row(ReconciledBlock block, Instant now) {
    return new ReconciliationPage.CheckedRow(
        block.root().toShortHex(),
        Digits.grouped(block.slot().value()),
        block.root().toHex(),
        block.proven(),
        block.unprovable(),
        block.diverged(),
        block.reason().orElse(""),
        Moment.of(block.checkedAt(), now));
  }
}
