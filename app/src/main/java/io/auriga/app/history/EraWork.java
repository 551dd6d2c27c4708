package io.auriga.app.history;

import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraGroup;
import io.auriga.chain.era.EraLevel;
import io.auriga.types.Slot;
import io.auriga.withdrawals.HistoryBatch;
import io.auriga.withdrawals.HistoryBlock;
import io.auriga.withdrawals.HistoryLedger;
import io.auriga.withdrawals.HistoryOutcome;
import io.auriga.withdrawals.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One era file, which holds one era, seldom more. Each of them is a load of its own. */
public record EraWork(
    Path file, EraChain chain, Verification verification, EraWitness witness, HistoryLedger ledger)
    implements HistoryImport.Work {

  @Override
  public String source() {
    return file.toString();
  }

  @Override
  public HistoryOutcome load() {
    long blocks = 0;
    long withdrawals = 0;
    try (EraFile opened = EraFile.open(file, chain)) {
      for (EraGroup group : opened.groups()) {
        if (load(group) instanceof HistoryOutcome.Loaded loaded) {
          blocks += loaded.blocks();
          withdrawals += loaded.withdrawals();
        }
      }
    }
    return blocks == 0
        ? new HistoryOutcome.AlreadyHeld()
        : new HistoryOutcome.Loaded(blocks, withdrawals);
  }

  private HistoryOutcome load(EraGroup group) {
    Slot first = group.startSlot();
    Slot last = new Slot(Math.max(first.value(), group.endSlot().value() - 1));
    Optional<String> anchor = witness.vouch(group);
    if (ledger.holds(first, last, group.lastRoot())) {
      anchor.ifPresent(who -> ledger.anchor(group.lastRoot(), who));
      return new HistoryOutcome.AlreadyHeld();
    }
    List<HistoryBlock> blocks = new ArrayList<>();
    EraLevel level = verification == Verification.FULL ? EraLevel.FULL : EraLevel.ROOTS;
    group.forEach(
        level,
        block ->
            blocks.add(
                HistoryBlock.of(
                    block.view(), block.root(), block.view().payload().withdrawalsMptRoot())));
    return ledger.load(
        new HistoryBatch(
            first, last, blocks, verification, String.valueOf(file.getFileName()), anchor));
  }
}
