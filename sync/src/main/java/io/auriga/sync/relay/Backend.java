package io.auriga.sync.relay;

import io.auriga.sync.relay.EngineMethod.Family;
import io.auriga.sync.relay.http.Buffers;
import io.auriga.sync.relay.http.Watchdog;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.RequestFacts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** All execution clients: who is asked, and in which order. */
final class Backend implements AutoCloseable {
  /** A consensus client asks for the payload it had built last. */
  private static final int PAYLOADS_MAX = 64;

  private final List<Execution> executions;
  private final Policy policy;
  private final ForkChoiceWriter writer;
  private final Observation observation;
  private final RelayMetrics metrics;
  private final ExecutorService threads;
  private final LinkedHashMap<String, Execution> payloads = new LinkedHashMap<>();

  Backend(
      RelayConfig config,
      InstantSource time,
      Watchdog watchdog,
      Buffers buffers,
      Observation observation,
      RelayMetrics metrics,
      ExecutorService threads) {
    this.executions =
        config.executions().stream()
            .map(one -> new Execution(one, time, watchdog, buffers, metrics))
            .toList();
    this.policy = config.policy();
    this.writer = new ForkChoiceWriter(config.writerSilence());
    this.observation = observation;
    this.metrics = metrics;
    this.threads = threads;
  }

  /** Whether this consensus client may do what the request asks for. */
  boolean admits(String consensus, EngineMethod method, RequestFacts facts) {
    boolean writes = method.family() == Family.FORK_CHOICE || facts.batchForkChoice();
    return !writes || writer.admits(consensus, System.nanoTime());
  }

  /** Whether a call goes to all of them. */
  boolean mirrors(EngineMethod method) {
    return executions.size() > 1 && method.mirrored();
  }

  /** The execution client, where there is only one. */
  Optional<Execution> single() {
    return executions.size() == 1 ? Optional.of(executions.getFirst()) : Optional.empty();
  }

  ExecutorService threads() {
    return threads;
  }

  /** Whom to ask, best first; who built a payload before all others. */
  List<Execution> candidates(EngineMethod method, RequestFacts facts) {
    List<Execution> ordered = byStanding();
    if (executions.size() > 1 && method.family() == Family.GET_PAYLOAD) {
      Execution builder;
      synchronized (payloads) {
        builder = payloads.get(facts.parameter().orElse(""));
      }
      if (builder != null) {
        ordered.remove(builder);
        ordered.addFirst(builder);
      }
    }
    return ordered;
  }

  private List<Execution> byStanding() {
    List<Execution> ordered = new ArrayList<>(executions);
    if (executions.size() > 1) {
      ordered.sort(Comparator.comparing(Execution::standing));
    }
    return ordered;
  }

  /** Sends a call to all of them. */
  Fanout.Result mirror(Call call, EngineMethod method)
      throws ClientGoneException, InterruptedException {
    List<Execution> targets = byStanding();
    List<Order.Turn> turns = new ArrayList<>();
    boolean ordered = method.family() == Family.FORK_CHOICE;
    // At once for all of them, so that no two calls are in another order at one than at another.
    synchronized (executions) {
      for (Execution target : targets) {
        turns.add(ordered ? target.order().enter() : Order.Turn.free());
      }
    }
    return new Fanout(call, method, policy, observation, metrics).run(targets, turns, threads);
  }

  /** Notes who builds which payload. */
  void passed(EngineMethod method, Execution execution, AnswerFacts facts) {
    if (method.family() == Family.FORK_CHOICE && facts.payloadId().isPresent()) {
      synchronized (payloads) {
        payloads.put(facts.payloadId().get(), execution);
        if (payloads.size() > PAYLOADS_MAX) {
          payloads.pollFirstEntry();
        }
      }
    }
  }

  @Override
  public void close() {
    executions.forEach(Execution::close);
  }
}
