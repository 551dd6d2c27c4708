package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Compares what Auriga keeps with what the nodes say. */
final class LedgerCheck {
  private static final BigInteger WEI_PER_GWEI = BigInteger.valueOf(1_000_000_000);

  private final BeaconReader beacon;
  private final ExecutionReader execution;

  LedgerCheck(BeaconReader beacon, ExecutionReader execution) {
    this.beacon = beacon;
    this.execution = execution;
  }

  /**
   * Every canonical withdrawal is one of the chain that ends at Auriga's own newest block, and
   * every withdrawal of that chain is there, once, in order; all of it as both nodes say.
   *
   * @return how many withdrawals were compared
   */
  int requireEveryWithdrawal(List<StoredWithdrawal> ledger) {
    List<StoredWithdrawal> canonical = ledger.stream().filter(StoredWithdrawal::canonical).toList();
    if (canonical.isEmpty()) {
      return 0;
    }
    List<String> expected = new ArrayList<>();
    for (SeenBlock block : beacon.chainTo(canonical.getLast().blockRoot())) {
      ExecutionReader.Block payload = execution.block(block.hash());
      assertThat(payload.number()).isEqualTo(block.number());
      assertThat(payload.payments())
          .as("the nodes' own agreement on slot %d", block.slot())
          .isEqualTo(block.payments());
      for (int position = 0; position < block.payments().size(); position++) {
        expected.add(
            fact(block, position, payload.payments().get(position), payload.withdrawalsRoot()));
      }
    }
    assertThat(canonical.stream().map(StoredWithdrawal::fact).toList())
        .as("canonical withdrawals")
        .containsExactlyElementsOf(expected);
    return expected.size();
  }

  private static String fact(SeenBlock block, int position, Payment payment, String root) {
    return "%s in block %s (%d, %s) of slot %d at %d, root %s"
        .formatted(
            payment, block.root(), block.number(), block.hash(), block.slot(), position, root);
  }

  /**
   * What balances said.
   *
   * @param compared receivers that got in a block exactly what its withdrawals say
   * @param miscredited blocks whose list the execution node did not apply just once
   */
  record Balances(int compared, int miscredited) {}

  /**
   * Each receiver has exactly what its withdrawals say more after the block than before it.
   *
   * @param competed slots in which two validator clients proposed. Where both ask at once for the
   *     same payload, EthereumJS 0.10.5 runs its builder twice on one state: a receiver gets its
   *     due twice, once or not at all, and the node's own state root says so, against the node's
   *     own list. Only such multiples are excused, and only there
   */
  Balances requireBalances(List<StoredWithdrawal> ledger, LongPredicate competed) {
    Map<Paid, Map<String, BigInteger>> credited = new HashMap<>();
    for (StoredWithdrawal row : ledger) {
      if (row.canonical()) {
        credited
            .computeIfAbsent(
                new Paid(row.blockHash(), row.blockNumber(), row.slot()), _ -> new HashMap<>())
            .merge(
                row.payment().address(),
                row.payment().gwei().multiply(WEI_PER_GWEI),
                BigInteger::add);
      }
    }
    int compared = 0;
    int miscredited = 0;
    for (Map.Entry<Paid, Map<String, BigInteger>> entry : credited.entrySet()) {
      Paid block = entry.getKey();
      if (!tellsBalances(block)) {
        continue;
      }
      Map<String, BigInteger> due = entry.getValue();
      Map<String, BigInteger> got = received(block, due.keySet());
      if (competed.test(block.slot()) && !got.equals(due) && isEachAppliedUpToTwice(got, due)) {
        miscredited++;
        continue;
      }
      assertThat(got)
          .as("wei that each receiver got in block %d, slot %d", block.number(), block.slot())
          .isEqualTo(due);
      compared += due.size();
    }
    return new Balances(compared, miscredited);
  }

  private Map<String, BigInteger> received(Paid block, Set<String> receivers) {
    Map<String, BigInteger> received = new HashMap<>();
    for (String receiver : receivers) {
      BigInteger before = execution.balance(receiver, block.number() - 1);
      received.put(receiver, execution.balance(receiver, block.number()).subtract(before));
    }
    return received;
  }

  private static boolean isEachAppliedUpToTwice(
      Map<String, BigInteger> got, Map<String, BigInteger> due) {
    return due.entrySet().stream()
        .allMatch(
            entry -> {
              BigInteger once = entry.getValue();
              return List.of(BigInteger.ZERO, once, once.shiftLeft(1))
                  .contains(Objects.requireNonNull(got.get(entry.getKey())));
            });
  }

  /**
   * Whether balances around a block say something about its withdrawals: no transaction may have
   * touched the receivers, and since balances are asked for by number, the node has to mean this
   * block by that number. EthereumJS sometimes goes on naming an orphaned one after a reorg.
   */
  private boolean tellsBalances(Paid paid) {
    ExecutionReader.Block block = execution.block(paid.hash());
    return block.transactions() == 0
        && execution.hashAt(paid.number()).equals(paid.hash())
        && execution.hashAt(paid.number() - 1).equals(block.parentHash());
  }

  /** The times of the stages are in order, and there is one for each stage up to the last. */
  static void requireStages(List<StoredWithdrawal> ledger) {
    for (StoredWithdrawal row : ledger) {
      StoredWithdrawal.Times times = row.times();
      List<Optional<java.time.Instant>> reached =
          List.of(
              Optional.of(times.consensus()), times.execution(), times.safe(), times.finalized());
      assertThat(reached.stream().flatMap(Optional::stream).toList())
          .as("times of %s", row)
          .isSorted();
      assertThat(times.orphaned().isPresent()).as("%s", row).isEqualTo(!row.canonical());
      int stage = List.of("consensus", "execution", "safe", "finalized").indexOf(row.stage());
      for (int i = 0; i < reached.size() && stage >= 0; i++) {
        // A block can be justified before the execution node confirms it, so only the last counts.
        if (i == stage || i == 0 || (i == 2 && stage == 3)) {
          assertThat(reached.get(i)).as("stage %d of %s", i, row).isPresent();
        }
        if (i > stage) {
          assertThat(reached.get(i)).as("stage %d of %s", i, row).isEmpty();
        }
      }
    }
  }

  /** Final is what the node calls final, and nothing else. */
  void requireFinality(List<StoredWithdrawal> ledger, SeenBlock finalized) {
    Set<String> roots = new HashSet<>();
    beacon.chainTo(finalized.root()).forEach(block -> roots.add(block.root()));
    assertThat(ledger.stream().filter(row -> row.stage().equals("finalized")))
        .as("final withdrawals up to slot %d", finalized.slot())
        .allMatch(row -> row.slot() > finalized.slot() || roots.contains(row.blockRoot()));
    assertThat(ledger.stream().filter(row -> roots.contains(row.blockRoot())))
        .allMatch(row -> row.stage().equals("finalized"));
  }

  /** Orphaned rows are of blocks that exist, are not in the chain, and say what the block said. */
  void requireOrphans(List<StoredWithdrawal> ledger) {
    Set<String> chain = new HashSet<>();
    ledger.stream()
        .filter(StoredWithdrawal::canonical)
        .map(StoredWithdrawal::blockRoot)
        .forEach(chain::add);
    for (StoredWithdrawal row : ledger) {
      if (row.canonical()) {
        continue;
      }
      assertThat(chain).as("%s", row).doesNotContain(row.blockRoot());
      SeenBlock block = beacon.block(row.blockRoot()).orElseThrow();
      assertThat(row.fact())
          .isEqualTo(
              fact(
                  block,
                  row.position(),
                  block.payments().get(row.position()),
                  row.withdrawalsRoot()));
    }
    Stream<List<Object>> keys =
        ledger.stream().map(row -> List.of(row.payment().index(), row.blockRoot()));
    assertThat(keys).as("an index once in a block").doesNotHaveDuplicates();
  }

  private record Paid(String hash, long number, long slot) {}
}
