package io.auriga.benchmarks.contender;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers one line on standard output for each line on standard input: {@code tasks}, {@code answer
 * TASK}, or {@code run TASK MILLISECONDS}, to which the answer is the number of times the task was
 * done and the processor's and the wall's nanoseconds. Processor time counts every thread of the
 * process, those of the collector and the compiler too; it hardly depends on what else the machine
 * does.
 */
public final class Contender {
  private final Map<String, Task<?>> tasks = new LinkedHashMap<>();
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Where results go, so that the compiler cannot leave the work out. */
  private volatile @Nullable Object sink;

  public Contender(List<Task<?>> tasks) {
    tasks.forEach(task -> this.tasks.put(task.name(), task));
  }

  /** Serves until standard input ends. */
  public void serve() throws Exception {
    PrintStream answers = System.out;
    // Libraries that print must not end up among the answers.
    System.setOut(System.err);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(answer(line.split(" ", -1)));
      answers.flush();
    }
  }

  private String answer(String[] command) throws Exception {
    return switch (command[0]) {
      case "tasks" -> String.join(" ", tasks.keySet());
      case "answer" -> task(command[1]).answer();
      case "run" -> run(task(command[1]), Long.parseLong(command[2]) * 1_000_000);
      default -> throw new IOException("unknown command " + command[0]);
    };
  }

  private String run(Task<?> task, long nanos) throws Exception {
    long cpuBegin = system.getProcessCpuTime();
    long begin = System.nanoTime();
    long times = 0;
    long batch = 1;
    while (System.nanoTime() - begin < nanos) {
      for (long i = 0; i < batch; i++) {
        sink = task.work().run();
      }
      times += batch;
      // The clock is read rarely, yet the round ends in time.
      batch = Math.max(1, times / 16);
    }
    long cpu = system.getProcessCpuTime() - cpuBegin;
    long wall = System.nanoTime() - begin;
    if (sink == null) {
      throw new IllegalStateException(task.name() + " makes nothing");
    }
    return times + " " + cpu + " " + wall;
  }

  private Task<?> task(String name) {
    Task<?> task = tasks.get(name);
    if (task == null) {
      throw new IllegalArgumentException("there is no task " + name);
    }
    return task;
  }
}
