package io.auriga.testkit.simulation;

import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.simulation.LedgerUnderTest.Cursor;
import io.auriga.testkit.simulation.LedgerUnderTest.Entry;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a ledger with a simulated chain after each step, and with what the ledger said before:
 *
 * <ul>
 *   <li>every entry, orphans too, is what its block says, so nothing of a lying node got in;
 *   <li>the canonical entries are exactly the withdrawals of the cursor's block and its ancestors:
 *       none missing, none twice, indices without gaps, equal sums;
 *   <li>what was ever stored is still there, orphaned at worst;
 *   <li>what was final stays canonical and final; the ledger is never ahead of the chain's
 *       finality;
 *   <li>the cursor never falls back to an ancestor, and never leaves what is final.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Oracle {
  private final SimulatedChain chain;
  private final Map<Key, Entry> seen = new HashMap<>();
  private final Set<Key> finalEntries = new HashSet<>();
  private Optional<Cursor> lastCursor = Optional.empty();
  private int checks;

  private record Key(Root block, WithdrawalIndex index) {}

  public Oracle(SimulatedChain chain) {
    this.chain = chain;
  }

  /** How many times the ledger was checked. */
  public int checks() {
    return checks;
  }

  /**
   * Checks everything.
   *
   * @param now the time of the chain
   * @throws OracleViolation at the first contradiction
   */
  public void check(LedgerUnderTest ledger, Instant now) {
    checks++;
    List<Entry> entries = ledger.entries();
    Optional<Cursor> cursor = ledger.cursor();
    if (cursor.isEmpty()) {
      require(entries.isEmpty(), entries.size(), " withdrawals are stored without a cursor");
      require(lastCursor.isEmpty(), "the cursor ", lastCursor, " was lost");
      return;
    }
    checkCursor(cursor.get(), now);
    checkEntries(entries);
    List<SimulatedBlock> ancestry = covered(cursor.get(), ledger.firstSlot());
    checkCanonical(entries, ancestry);
    checkKept(entries);
    checkFinal(entries, cursor.get(), ancestry, now);
    lastCursor = cursor;
  }

  /**
   * Checks that nothing is left to do: the cursor is at the chain's head, finality is the chain's.
   *
   * @throws OracleViolation if it is not
   */
  public void checkCaughtUp(LedgerUnderTest ledger, Instant now) {
    NodeState truth = chain.at(now);
    Optional<Root> head = truth.head().map(RecordedBlock::root);
    require(
        ledger.cursor().map(Cursor::root).equals(head),
        "the cursor is ",
        ledger.cursor(),
        " and the chain's head ",
        truth.head());
    Optional<Root> expected =
        truth
            .finalized()
            .filter(block -> ledger.firstSlot().stream().noneMatch(block.slot()::isBefore))
            .map(RecordedBlock::root);
    require(
        ledger.cursor().flatMap(Cursor::finalized).equals(expected),
        "the ledger has ",
        ledger.cursor().flatMap(Cursor::finalized),
        " as final and the chain ",
        truth.finalized());
  }

  private void checkCursor(Cursor cursor, Instant now) {
    RecordedBlock block =
        chain
            .at(now)
            .known(cursor.root())
            .orElseThrow(() -> violation("the cursor ", cursor, " is at no block of the chain"));
    require(block.slot().equals(cursor.slot()), "the cursor ", cursor, " is at ", block);
    lastCursor
        .filter(last -> !last.root().equals(cursor.root()))
        .ifPresent(
            last ->
                require(
                    !isAncestor(cursor.root(), last.root()),
                    "the cursor went back from ",
                    last,
                    " to its ancestor ",
                    cursor));
  }

  private void checkEntries(List<Entry> entries) {
    Set<Key> keys = new HashSet<>();
    for (Entry entry : entries) {
      Key key = new Key(entry.blockRoot(), entry.withdrawal().index());
      require(keys.add(key), entry, " is stored twice");
      SimulatedBlock truth =
          chain
              .block(entry.blockRoot())
              .orElseThrow(() -> violation(entry, " is of a block that does not exist"));
      require(truth.withdrawals().contains(entry.withdrawal()), entry, " is not in ", truth);
      require(
          truth.slot().equals(entry.slot())
              && truth.blockHash().equals(entry.blockHash())
              && truth.header().number().equals(entry.blockNumber()),
          entry,
          " names another slot, number or hash than ",
          truth);
    }
  }

  /** The blocks the ledger must hold, oldest first. */
  private List<SimulatedBlock> covered(Cursor cursor, Optional<Slot> firstSlot) {
    return chain.ancestry(cursor.root()).reversed().stream()
        .filter(block -> firstSlot.map(first -> !block.slot().isBefore(first)).orElse(true))
        .toList();
  }

  private void checkCanonical(List<Entry> entries, List<SimulatedBlock> ancestry) {
    List<Entry> canonical =
        entries.stream()
            .filter(Entry::canonical)
            .sorted(Comparator.comparing(entry -> entry.withdrawal().index()))
            .toList();
    for (int i = 1; i < canonical.size(); i++) {
      WithdrawalIndex expected = canonical.get(i - 1).withdrawal().index().next();
      require(
          canonical.get(i).withdrawal().index().equals(expected),
          "withdrawal ",
          canonical.get(i - 1),
          " is followed by ",
          canonical.get(i));
    }
    List<Key> expected = new ArrayList<>();
    BigInteger owed = BigInteger.ZERO;
    for (SimulatedBlock block : ancestry) {
      for (Withdrawal withdrawal : block.withdrawals()) {
        expected.add(new Key(block.root(), withdrawal.index()));
        owed = owed.add(BigInteger.valueOf(withdrawal.amount().value()));
      }
    }
    List<Key> stored =
        canonical.stream()
            .map(entry -> new Key(entry.blockRoot(), entry.withdrawal().index()))
            .toList();
    if (!stored.equals(expected)) {
      throw violation(
          stored.size(),
          " canonical withdrawals are stored and the chain has ",
          expected.size(),
          "; first difference: ",
          firstDifference(stored, expected));
    }
    BigInteger sum =
        canonical.stream()
            .map(entry -> BigInteger.valueOf(entry.withdrawal().amount().value()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    require(sum.equals(owed), "the sum is ", sum, " Gwei and the chain's ", owed);
  }

  private static String firstDifference(List<Key> stored, List<Key> expected) {
    for (int i = 0; i < Math.max(stored.size(), expected.size()); i++) {
      Object ours = i < stored.size() ? stored.get(i) : "nothing";
      Object theirs = i < expected.size() ? expected.get(i) : "nothing";
      if (!ours.equals(theirs)) {
        return ours + " in place of " + theirs;
      }
    }
    return "none";
  }

  private void checkKept(List<Entry> entries) {
    Map<Key, Entry> current = new HashMap<>();
    entries.forEach(
        entry -> current.put(new Key(entry.blockRoot(), entry.withdrawal().index()), entry));
    for (Map.Entry<Key, Entry> before : seen.entrySet()) {
      require(current.containsKey(before.getKey()), before.getValue(), " was stored and is gone");
    }
    seen.putAll(current);
  }

  private void checkFinal(
      List<Entry> entries, Cursor cursor, List<SimulatedBlock> ancestry, Instant now) {
    Set<Key> nowFinal = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.isFinal()) {
        require(entry.canonical(), entry, " is final and not canonical");
        nowFinal.add(new Key(entry.blockRoot(), entry.withdrawal().index()));
      }
    }
    for (Key before : finalEntries) {
      require(nowFinal.contains(before), before, " was final and is no more");
    }
    finalEntries.addAll(nowFinal);

    Optional<Root> before = lastCursor.flatMap(Cursor::finalized);
    require(
        before.isEmpty()
            || cursor
                .finalized()
                .map(root -> root.equals(before.get()) || isAncestor(before.get(), root))
                .orElse(false),
        "the final block was ",
        before,
        " and is ",
        cursor.finalized());
    if (cursor.finalized().isEmpty()) {
      require(nowFinal.isEmpty(), nowFinal.size(), " withdrawals are final and no block is");
      return;
    }
    SimulatedBlock finalized =
        chain
            .block(cursor.finalized().get())
            .orElseThrow(() -> violation("the final block of ", cursor, " does not exist"));
    require(
        chain.at(now).known(finalized.root()).map(chain.at(now)::isFinal).orElse(false),
        finalized,
        " is final in the ledger and not on the chain");
    require(ancestry.contains(finalized), "the cursor ", cursor, " left the final ", finalized);
    Set<Key> expected = new HashSet<>();
    for (SimulatedBlock block : ancestry) {
      if (!block.slot().isAfter(finalized.slot())) {
        block
            .withdrawals()
            .forEach(withdrawal -> expected.add(new Key(block.root(), withdrawal.index())));
      }
    }
    require(
        nowFinal.equals(expected),
        nowFinal.size(),
        " withdrawals are final and there are ",
        expected.size(),
        " up to ",
        finalized);
  }

  private boolean isAncestor(Root ancestor, Root descendant) {
    return !ancestor.equals(descendant)
        && chain.ancestry(descendant).stream().anyMatch(block -> block.root().equals(ancestor));
  }

  private void require(boolean condition, Object... message) {
    if (!condition) {
      throw violation(message);
    }
  }

  /** The parts of the message are joined only here, since most checks pass. */
  private OracleViolation violation(Object... message) {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(chain.plan().seed()).append(", check ").append(checks).append(": ");
    for (Object part : message) {
      text.append(part);
    }
    return new OracleViolation(text.toString());
  }
}
