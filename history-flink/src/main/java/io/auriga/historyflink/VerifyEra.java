package io.auriga.historyflink;

import io.auriga.chain.era.EraBlock;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraGroup;
import io.auriga.chain.era.EraLevel;
import io.auriga.types.AurigaException;
import io.auriga.types.Withdrawal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies one era. Its rows are handed on once all its blocks are verified (on mainnet
 * at most 131,072 of them), so that nothing of a damaged era gets out. What is wrong with a file is
 * a verdict; any other failure fails the task, which Flink then tries again.
 */
final class VerifyEra extends ProcessFunction<EraTask, WithdrawalRow> {
  /** The verdicts, beside the rows. */
  static final OutputTag<EraVerdict> VERDICTS =
      new OutputTag<>("verdicts", Types.POJO(EraVerdict.class));

  private static final long serialVersionUID = 1;

  private final JobChain jobChain;
  private final EraLevel level;
  private final LongCounter eras = new LongCounter();
  private final LongCounter verified = new LongCounter();
  private final LongCounter withdrawals = new LongCounter();
  private transient @Nullable EraChain chain;

  VerifyEra(JobChain jobChain, EraLevel level) {
    this.jobChain = jobChain;
    this.level = level;
  }

  @Override
  public void open(OpenContext context) {
    chain = jobChain.chain();
    getRuntimeContext().addAccumulator(JobWatch.ERAS, eras);
    getRuntimeContext().addAccumulator(JobWatch.VERIFIED, verified);
    getRuntimeContext().addAccumulator(JobWatch.WITHDRAWALS, withdrawals);
  }

  @Override
  public void processElement(EraTask task, Context context, Collector<WithdrawalRow> out) {
    List<WithdrawalRow> rows = new ArrayList<>();
    EraVerdict verdict = verify(task, rows);
    if (verdict.isVerified()) {
      rows.forEach(out::collect);
      verified.add(1);
      withdrawals.add(rows.size());
    }
    eras.add(1);
    context.output(VERDICTS, verdict);
  }

  private EraVerdict verify(EraTask task, List<WithdrawalRow> rows) {
    try (EraFile file = EraFile.open(Path.of(task.file()), Objects.requireNonNull(chain))) {
      EraGroup group = file.groups().get(task.group());
      group.forEach(level, block -> add(block, rows));
      return new EraVerdict(
          task.file(), task.era(), EraVerdict.VERIFIED, group.slots().size(), rows.size(), "");
    } catch (AurigaException wrong) {
      return EraVerdict.refused(task.file(), task.era(), wrong);
    }
  }

  private static void add(EraBlock block, List<WithdrawalRow> rows) {
    // Once for all rows of the block, which are many in memory at a time.
    String root = block.root().toHex();
    String hash = block.view().payload().blockHash().toHex();
    for (Withdrawal withdrawal : block.view().payload().withdrawals()) {
      rows.add(WithdrawalRow.of(block.view().slot(), root, hash, withdrawal));
    }
  }
}
