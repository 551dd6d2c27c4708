package io.auriga.historyflink;

import io.auriga.chain.era.EraCatalog;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraLevel;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;

/**
 * A set of era files to verified withdrawals, on as many machines as Flink is given.
 *
 * <p>Which file is used for which era is decided before, by {@link EraCatalog} on the machine that
 * submits the job; what costs time, unpacking and hashing, is spread. Every machine reads the files
 * by their paths, so they must lie where all see them.
 */
public final class EraJob {
  private static final TypeInformation<EraTask> TASK = Types.POJO(EraTask.class);
  private static final TypeInformation<WithdrawalRow> ROW = Types.POJO(WithdrawalRow.class);
  private static final TypeInformation<EraVerdict> VERDICT = Types.POJO(EraVerdict.class);

  private final SingleOutputStreamOperator<WithdrawalRow> rows;
  private final DataStream<EraVerdict> verdicts;

  private EraJob(SingleOutputStreamOperator<WithdrawalRow> rows, DataStream<EraVerdict> verdicts) {
    this.rows = rows;
    this.verdicts = verdicts;
  }

  /** Describes the job; nothing runs yet. */
  public static EraJob of(
      StreamExecutionEnvironment environment, EraChain chain, EraLevel level, EraCatalog catalog) {
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    // Flink would choose by the size of the input, which here is a list of names: one task.
    environment.configure(
        new Configuration().set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false));
    List<EraTask> tasks =
        catalog.eras().stream()
            .map(entry -> new EraTask(entry.file().toString(), entry.group(), entry.era()))
            .toList();
    SingleOutputStreamOperator<WithdrawalRow> rows =
        source(environment, "eras", TASK, tasks)
            .rebalance()
            .process(new VerifyEra(JobChain.of(chain), level))
            .returns(ROW)
            .name("verify");
    List<EraVerdict> refused =
        catalog.refused().stream()
            .map(each -> EraVerdict.refused(each.file().toString(), -1, each.reason()))
            .toList();
    DataStream<EraVerdict> verdicts = rows.getSideOutput(VerifyEra.VERDICTS);
    return new EraJob(
        rows,
        refused.isEmpty()
            ? verdicts
            : verdicts.union(source(environment, "refused files", VERDICT, refused)));
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment environment, String name, TypeInformation<T> type, List<T> data) {
    return environment.fromData(data, type).name(name);
  }

  /** Verified withdrawals, in no order. */
  public DataStream<WithdrawalRow> rows() {
    return rows;
  }

  /** One for each era and one for each file that was refused, in no order. */
  public DataStream<EraVerdict> verdicts() {
    return verdicts;
  }

  /**
   * Lets the job write CSV into {@code folder}: {@code withdrawals/} with a file for each of the
   * parallel tasks, and {@code verdicts/}. A file appears when the job has ended well.
   */
  public void writeTo(Path folder) {
    rows.map(WithdrawalRow::csv)
        .returns(Types.STRING)
        .sinkTo(csv(folder.resolve("withdrawals")))
        .name("withdrawals");
    verdicts
        .map(EraVerdict::csv)
        .returns(Types.STRING)
        .sinkTo(csv(folder.resolve("verdicts")))
        .setParallelism(1)
        .name("verdicts");
  }

  private static FileSink<String> csv(Path folder) {
    return FileSink.<String>forRowFormat(
            new org.apache.flink.core.fs.Path(folder.toUri()), new SimpleStringEncoder<>())
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".csv").build())
        .build();
  }
}
