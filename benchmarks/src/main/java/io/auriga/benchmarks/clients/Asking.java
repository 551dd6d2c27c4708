package io.auriga.benchmarks.clients;

import io.auriga.chain.OrderedPipeline;
import io.auriga.clients.Answers;
import io.auriga.clients.Hedge;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What asking several questions at once is worth, against a node with a fixed service time; what a
 * second node is worth where one is slow now and then; and how soon a question that is called off
 * ends.
 */
public final class Asking {
  private static final int QUESTIONS = 2_000;
  private static final int SERVICE_MILLIS = 20;
  private static final int AT_ONCE = 100;

  private Asking() {}

  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "A node that takes %d ms for an answer; %d questions are there at once%n",
        SERVICE_MILLIS,
        AT_ONCE);
    System.out.println(
        "asked               answers/s   of c/S   all answered after   p50 ms   p99 ms");
    for (int concurrent : new int[] {1, 8, 32, AT_ONCE}) {
      wave(concurrent);
    }
    System.out.println();
    pipeline();
    System.out.println();
    hedged();
    System.out.println();
    calledOff();
  }

  /** As many as are allowed at once; the others wait for their turn, and that counts. */
  private static void wave(int concurrent) throws Exception {
    try (SlowNode node = new SlowNode(_ -> SERVICE_MILLIS);
        HttpEndpoint endpoint = node.endpoint(concurrent);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ask(threads, endpoint, AT_ONCE);
      int waves = Math.clamp(concurrent, 3, 20);
      long[] nanos = new long[0];
      long begun = System.nanoTime();
      for (int i = 0; i < waves; i++) {
        long[] some = ask(threads, endpoint, AT_ONCE);
        int before = nanos.length;
        nanos = Arrays.copyOf(nanos, before + some.length);
        System.arraycopy(some, 0, nanos, before, some.length);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double rate = nanos.length / seconds;
      // A last round of fewer than may be under way is no fault of the asking.
      double rounds = Math.ceil((double) AT_ONCE / concurrent);
      double possible = AT_ONCE / (rounds * SERVICE_MILLIS / 1e3);
      System.out.printf(
          Locale.ROOT,
          "%-20s %8.0f   %5.1f %%   %13.0f ms   %6.1f   %6.1f%n",
          concurrent == 1 ? "one after another" : concurrent + " at once",
          rate,
          100 * rate / possible,
          1e3 * seconds / waves,
          quantile(nanos, 0.5),
          quantile(nanos, 0.99));
    }
  }

  private static long[] ask(ExecutorService threads, HttpEndpoint endpoint, int count)
      throws Exception {
    List<Future<Long>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      futures.add(
          threads.submit(
              () -> {
                var _ = endpoint.get("/x", "application/json", "ask");
                return System.nanoTime() - begun;
              }));
    }
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = futures.get(i).get();
    }
    return nanos;
  }

  /** The pipeline of the chain's readers: results in the order of the questions. */
  private static void pipeline() throws IOException, InterruptedException {
    for (int window : new int[] {1, 8, 32}) {
      try (SlowNode node = new SlowNode(_ -> SERVICE_MILLIS);
          HttpEndpoint endpoint = node.endpoint(window);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        int count = 50 * window;
        run(threads, endpoint, window, 5 * window);
        double seconds = run(threads, endpoint, window, count);
        System.out.printf(
            Locale.ROOT,
            "ordered pipeline, window %2d: %5.0f answers/s, %.1f %% of c/S%n",
            window,
            count / seconds,
            100 * count / seconds / (window * 1e3 / SERVICE_MILLIS));
      }
    }
  }

  private static double run(ExecutorService threads, HttpEndpoint endpoint, int window, int count)
      throws InterruptedException {
    OrderedPipeline<Integer, Integer> pipeline =
        new OrderedPipeline<>(
            threads,
            window,
            IntStream.range(0, count).iterator(),
            number -> {
              var _ = endpoint.get("/x", "application/json", "ask");
              return number;
            });
    long begun = System.nanoTime();
    int expected = 0;
    while (true) {
      OrderedPipeline.Step<Integer> step = pipeline.next(Duration.ofSeconds(10));
      if (step.finished()) {
        return (System.nanoTime() - begun) / 1e9;
      }
      if (step.result().orElseThrow() != expected++) {
        throw new IllegalStateException("out of order");
      }
    }
  }

  /** One answer in thirty of either node takes 400 ms, the others 5. */
  private static void hedged() throws Exception {
    try (SlowNode one = new SlowNode(number -> number % 30 == 29 ? 400 : 5);
        SlowNode two = new SlowNode(number -> number % 30 == 29 ? 400 : 5);
        HttpEndpoint first = one.endpoint(8);
        HttpEndpoint second = two.endpoint(8)) {
      List<HttpEndpoint> nodes = List.of(first, second);
      long[] alone = times(QUESTIONS / 4, () -> first.get("/x", "application/json", "ask"));
      long before = one.requests() + two.requests();
      Hedge hedge = new Hedge(2);
      long[] both =
          times(
              QUESTIONS / 4,
              () -> {
                try (Answers<Object> answers =
                    hedge.ask(at -> nodes.get(at).get("/x", "application/json", "ask"))) {
                  var _ = answers.next().result().get();
                }
              });
      long asked = one.requests() + two.requests() - before;
      System.out.printf(
          Locale.ROOT,
          "one answer in 30 takes 400 ms, the others 5: one node p50 %.1f, p95 %.1f, p99 %.1f ms;"
              + " hedged p50 %.1f, p95 %.1f, p99 %.1f ms, for %.1f %% more requests%n",
          quantile(alone, 0.5),
          quantile(alone, 0.95),
          quantile(alone, 0.99),
          quantile(both, 0.5),
          quantile(both, 0.95),
          quantile(both, 0.99),
          100.0 * (asked - both.length) / both.length);
    }
  }

  private static long[] times(int count, Runnable question) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      question.run();
      nanos[i] = System.nanoTime() - begun;
    }
    return nanos;
  }

  /** From the interrupt to the end of the exchange. */
  private static void calledOff() throws Exception {
    try (SlowNode node = new SlowNode(_ -> 60_000);
        HttpEndpoint endpoint = node.endpoint(AT_ONCE)) {
      CountDownLatch over = new CountDownLatch(AT_ONCE);
      long[] ended = new long[AT_ONCE];
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int own = i;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    var _ = endpoint.get("/x", "application/json", "ask");
                  } catch (NodeException calledOff) {
                    ended[own] = System.nanoTime();
                  }
                  over.countDown();
                }));
      }
      while (node.requests() < AT_ONCE) {
        Thread.sleep(1);
      }
      long begun = System.nanoTime();
      threads.forEach(Thread::interrupt);
      over.await();
      long[] nanos = Arrays.stream(ended).map(end -> end - begun).toArray();
      System.out.printf(
          Locale.ROOT,
          "%d questions to a node that hangs, called off at once: ended after %.1f ms (p50), %.1f"
              + " ms (the last)%n",
          AT_ONCE,
          quantile(nanos, 0.5),
          quantile(nanos, 1));
    }
  }

  private static double quantile(long[] nanos, double part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(part * (sorted.length - 1))] / 1e6;
  }
}
