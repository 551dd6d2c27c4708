package io.auriga.benchmarks.relay;

import com.sun.management.ThreadMXBean;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.relay.ExecutionConfig;
import io.auriga.sync.relay.Relay;
import io.auriga.sync.relay.RelayConfig;
import io.auriga.sync.relay.RelayMetrics;
import io.auriga.sync.relay.jwt.JwtIssuer;
import io.auriga.sync.relay.jwt.JwtSecret;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of several sizes to the same end, in turn directly and through the relay: times, what the
 * relay allocates beside parsing and writing the same body, and its memory with 64 MB bodies.
 */
public final class RelayOverhead {
  private static final int KB = 1 << 10;
  private static final int MB = 1 << 20;
  private static final int STREAMED = 64;
  private static final int STREAMS = 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private RelayOverhead() {}

  /** Runs all of it. */
  public static void main(String[] arguments) throws IOException {
    JwtSecret secret = JwtSecret.of(new byte[32]);
    JwtIssuer issuer = new JwtIssuer(secret, InstantSource.system());
    try (EngineEnd engine = new EngineEnd();
        Relay relay = relay(engine.uri(), secret);
        ConsensusEnd direct = new ConsensusEnd(engine.uri(), issuer);
        ConsensusEnd relayed = new ConsensusEnd(relay.uri(), issuer)) {
      System.out.println(
          "size      calls  direct p50  p99     added p50  p99     allocated  of parse-and-write");
      measure("1 KB", payload(KB), 6_000, direct, relayed);
      measure("100 KB", payload(100 * KB), 4_000, direct, relayed);
      measure("1 MB", payload(MB), 2_000, direct, relayed);
      measure("10 MB", payload(10 * MB), 200, direct, relayed);
      stream(relayed);
    }
  }

  private static Relay relay(URI engine, JwtSecret secret) {
    return Relay.start(
        RelayConfig.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            secret,
            List.of(new ExecutionConfig("engine", engine, secret))),
        InstantSource.system(),
        new RelayMetrics(new Metrics(new PrometheusRegistry())),
        // Somebody looks at every call, as in the product.
        List.of(call -> {}));
  }

  private static void measure(
      String name, byte[] body, int calls, ConsensusEnd direct, ConsensusEnd relayed)
      throws IOException {
    for (int i = 0; i < Math.max(50, calls / 2); i++) {
      var _ = direct.call(body);
      var _ = relayed.call(body);
    }
    long[] one = new long[calls];
    long[] other = new long[calls];
    long before = allocatedByRelay();
    for (int i = 0; i < calls; i++) {
      // In turn, so that what else happens on the machine hits both.
      if (i % 2 == 0) {
        one[i] = direct.call(body);
        other[i] = relayed.call(body);
      } else {
        other[i] = relayed.call(body);
        one[i] = direct.call(body);
      }
    }
    double allocated = (double) (allocatedByRelay() - before) / calls;
    double naive = naive(body);
    Arrays.sort(one);
    Arrays.sort(other);
    System.out.printf(
        "%-8s %6d  %7.3f ms %7.3f  %7.3f ms %7.3f  %7.0f B  %6.2f %% of %.0f B%n",
        name,
        calls,
        millis(one, 0.5),
        millis(one, 0.99),
        millis(other, 0.5) - millis(one, 0.5),
        millis(other, 0.99) - millis(one, 0.99),
        allocated,
        100 * allocated / naive,
        naive);
  }

  private static double millis(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))] / NANOS_PER_MILLI;
  }

  private static long allocatedByRelay() {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("auriga-relay")) {
        sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.threadId()));
      }
    }
    return sum;
  }

  /** What a relay allocates that reads a body, parses it and writes it again. */
  private static double naive(byte[] body) {
    JsonMapper mapper = JsonMapper.shared();
    int rounds = 5;
    long self = Thread.currentThread().threadId();
    long length = 0;
    long before = THREADS.getThreadAllocatedBytes(self);
    for (int i = 0; i < rounds; i++) {
      JsonNode tree = mapper.readTree(body.clone());
      length += mapper.writeValueAsBytes(tree).length;
    }
    long after = THREADS.getThreadAllocatedBytes(self);
    if (length < body.length) {
      throw new IllegalStateException("nothing was written");
    }
    return (double) (after - before) / rounds;
  }

  private static void stream(ConsensusEnd relayed) throws IOException {
    byte[] begin =
        "{\"method\":\"engine_newPayloadV4\",\"params\":[{\"transactions\":[\"0x"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] piece = new byte[MB];
    Arrays.fill(piece, (byte) 'a');
    relayed.stream(begin, piece, STREAMED);
    System.gc();
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long before = heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    for (int i = 0; i < STREAMS; i++) {
      relayed.stream(begin, piece, STREAMED);
    }
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    long buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    System.out.printf(
        "%d bodies of %d MB: heap %.1f MB before, %.1f MB at most meanwhile; direct buffers %.1f MB"
            + " (all of this process)%n",
        STREAMS, STREAMED, before / (double) MB, peak / (double) MB, buffers / (double) MB);
  }

  /** A payload of this size, half of it in 200 transactions. */
  private static byte[] payload(int size) {
    Random random = new Random(size);
    StringBuilder json =
        new StringBuilder(size + KB)
            .append("{\"jsonrpc\":\"2.0\",\"method\":\"engine_newPayloadV4\",\"params\":[{")
            .append("\"parentHash\":\"")
            .append(hex(random, 32))
            .append("\",\"blockNumber\":\"0x1\",")
            .append("\"timestamp\":\"0x65\",\"blockHash\":\"")
            .append(hex(random, 32))
            .append("\",\"transactions\":[");
    int transaction = Math.max(32, size / 2 / 200 - 2);
    while (json.length() < size - 2 * transaction - 400) {
      json.append('"').append(hex(random, transaction)).append("\",");
    }
    json.append("\"0x02\"],\"withdrawals\":[{\"index\":\"0x1\",\"validatorIndex\":\"0x2\",")
        .append("\"address\":\"")
        .append(hex(random, 20))
        .append("\",\"amount\":\"0x3\"}]}],")
        .append("\"id\":1}");
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(Random random, int bytes) {
    StringBuilder digits = new StringBuilder(2 + 2 * bytes).append("0x");
    for (int i = 0; i < 2 * bytes; i++) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return digits.toString();
  }
}
