package io.auriga.historyflink;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/**
 * What a job has done: as it is said now and then while it runs, and at its end.
 *
 * @param eras that were read, verified or not
 */
record JobWatch(long eras, long verified, long withdrawals, double seconds) {
  /** The names under which the tasks count. */
  static final String ERAS = "eras";

  static final String VERIFIED = "verified";
  static final String WITHDRAWALS = "withdrawals";

  private static final long LOOK_SECONDS = 2;

  /** A cluster that is busy is asked again. */
  private static final long ANSWER_SECONDS = 10;

  /** Waits for the end of the job. */
  static JobWatch toEnd(JobClient job, int total, PrintStream err)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    while (true) {
      try {
        return of(end.get(LOOK_SECONDS, TimeUnit.SECONDS).getAllAccumulatorResults(), begin);
      } catch (TimeoutException running) {
        say(job, total, begin, err);
      }
    }
  }

  private static void say(JobClient job, int total, long begin, PrintStream err)
      throws InterruptedException {
    try {
      JobWatch now = of(job.getAccumulators().get(ANSWER_SECONDS, TimeUnit.SECONDS), begin);
      err.printf(
          Locale.ROOT,
          "%d of %d eras, %,d withdrawals, %s …%n",
          now.eras,
          total,
          now.withdrawals,
          now.eras == 0
              ? "%.0f s".formatted(now.seconds)
              : "about %.0f s left".formatted(now.seconds * (total - now.eras) / now.eras));
    } catch (ExecutionException | TimeoutException silent) {
      err.println("… the job does not say how far it is");
    }
  }

  private static JobWatch of(Map<String, Object> counts, long begin) {
    return new JobWatch(
        count(counts, ERAS),
        count(counts, VERIFIED),
        count(counts, WITHDRAWALS),
        (System.nanoTime() - begin) / 1e9);
  }

  /** There is none before the first task has begun. */
  private static long count(Map<String, Object> counts, String name) {
    return counts.get(name) instanceof Long count ? count : 0;
  }

  String text(int refused, Path output) {
    long bad = eras - verified + refused;
    return String.format(
        Locale.ROOT,
        "%,d withdrawals of %d eras are verified, in %.1f s: %s%s",
        withdrawals,
        verified,
        seconds,
        output.resolve("withdrawals"),
        bad == 0
            ? ""
            : "%n%d files or eras are not: %s".formatted(bad, output.resolve("verdicts")));
  }

  String json(int refused) {
    return String.format(
        Locale.ROOT,
        "{\"verified\":%d,\"notVerified\":%d,\"withdrawals\":%d,\"seconds\":%.1f}",
        verified,
        eras - verified + refused,
        withdrawals,
        seconds);
  }
}
