package io.auriga.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.testkit.simulation.LedgerUnderTest.Cursor;
import io.auriga.testkit.simulation.LedgerUnderTest.Entry;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTest {
  private final SimulatedChain chain = SimulatedChain.ofSeed(12);
  private final HonestLedger ledger = new HonestLedger(chain);
  private final Oracle oracle = new Oracle(chain);
  private final SteppedClock clock = new SteppedClock(chain.startOf(new Slot(0)));

  private void step() {
    clock.advance(chain.spec().slotDuration());
    ledger.follow(clock.instant());
    oracle.check(ledger, clock.instant());
  }

  private void runTo(long slot) {
    while (clock.instant().isBefore(chain.startOf(new Slot(slot)))) {
      step();
    }
  }

  private void assertViolation(String... parts) {
    assertThatExceptionOfType(OracleViolation.class)
        .isThrownBy(() -> oracle.check(ledger, clock.instant()))
        .satisfies(violation -> assertThat(violation).hasMessageContainingAll(parts))
        .withMessageContaining("seed 12");
  }

  /** Changes the last canonical entry. */
  private static UnaryOperator<List<Entry>> onLast(UnaryOperator<Entry> change) {
    return entries -> {
      List<Entry> changed = new ArrayList<>(entries);
      int last = changed.size() - 1;
      while (!changed.get(last).canonical()) {
        last--;
      }
      changed.set(last, change.apply(changed.get(last)));
      return changed;
    };
  }

  private static Entry with(Entry entry, boolean canonical, boolean isFinal) {
    return new Entry(
        entry.withdrawal(),
        entry.slot(),
        entry.blockRoot(),
        entry.blockNumber(),
        entry.blockHash(),
        canonical,
        isFinal);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 12, 15})
  void isSilentAboutAnHonestLedger(long seed) {
    SimulatedChain other = SimulatedChain.ofSeed(seed);
    HonestLedger honest = new HonestLedger(other);
    Oracle silent = new Oracle(other);
    SteppedClock time = new SteppedClock(other.startOf(new Slot(0)));
    while (time.instant().isBefore(other.end())) {
      time.advance(other.spec().slotDuration());
      honest.follow(time.instant());
      silent.check(honest, time.instant());
      silent.checkCaughtUp(honest, time.instant());
    }
    assertThat(silent.checks()).isEqualTo(other.plan().slots() + 1);
  }

  @Test
  void findsAWithdrawalThatIsMissing() {
    runTo(50);
    ledger.breakEntries(
        entries -> {
          List<Entry> less = new ArrayList<>(entries);
          less.remove(less.size() / 2);
          return less;
        });

    assertViolation("is followed by");
  }

  @Test
  void findsABlockThatIsMissingAtTheEnd() {
    runTo(50);
    ledger.breakEntries(
        entries -> {
          Root last = entries.getLast().blockRoot();
          return entries.stream().filter(entry -> !entry.blockRoot().equals(last)).toList();
        });

    assertViolation("canonical withdrawals are stored and the chain has");
  }

  @Test
  void findsAWithdrawalThatIsCountedTwice() {
    runTo(50);
    ledger.breakEntries(
        entries -> {
          List<Entry> more = new ArrayList<>(entries);
          more.add(entries.getFirst());
          return more;
        });

    assertViolation("is stored twice");
  }

  @Test
  void findsAnAmountThatALyingNodeChanged() {
    runTo(50);
    ledger.breakEntries(
        onLast(
            entry -> {
              Withdrawal w = entry.withdrawal();
              Withdrawal richer =
                  new Withdrawal(
                      w.index(), w.validatorIndex(), w.address(), w.amount().plus(new Gwei(1)));
              return new Entry(
                  richer,
                  entry.slot(),
                  entry.blockRoot(),
                  entry.blockNumber(),
                  entry.blockHash(),
                  true,
                  false);
            }));

    assertViolation("is not in");
  }

  @Test
  void findsABlockThatNobodyMade() {
    runTo(50);
    ledger.breakEntries(
        onLast(
            entry ->
                new Entry(
                    entry.withdrawal(),
                    entry.slot(),
                    Root.ZERO,
                    entry.blockNumber(),
                    entry.blockHash(),
                    true,
                    false)));

    assertViolation("is of a block that does not exist");
  }

  @Test
  void findsAnOrphanThatStillCounts() {
    runTo(chain.plan().slots());
    assertThat(ledger.entries()).anyMatch(entry -> !entry.canonical());
    ledger.breakEntries(
        entries -> entries.stream().map(entry -> with(entry, true, entry.isFinal())).toList());

    assertViolation("withdrawal");
  }

  @Test
  void findsAnOrphanThatWasThrownAway() {
    runTo(chain.plan().slots());
    ledger.breakEntries(entries -> entries.stream().filter(Entry::canonical).toList());

    assertViolation("was stored and is gone");
  }

  @Test
  void findsAFinalWithdrawalThatIsNoLongerFinal() {
    runTo(60);
    assertThat(ledger.entries()).anyMatch(Entry::isFinal);
    ledger.breakEntries(
        entries -> entries.stream().map(entry -> with(entry, entry.canonical(), false)).toList());

    assertViolation("was final and is no more");
  }

  @Test
  void findsAWithdrawalThatIsFinalTooEarly() {
    runTo(60);
    ledger.breakEntries(onLast(entry -> with(entry, true, true)));

    assertViolation("withdrawals are final and there are");
  }

  @Test
  void findsFinalityThatRunsAheadOfTheChain() {
    runTo(60);
    ledger.breakCursor(
        cursor -> cursor.map(c -> new Cursor(c.slot(), c.root(), Optional.of(c.root()))));

    assertViolation("is final in the ledger and not on the chain");
  }

  @Test
  void findsFinalityThatWasTakenBack() {
    runTo(60);
    ledger.breakCursor(cursor -> cursor.map(c -> new Cursor(c.slot(), c.root(), Optional.empty())));

    assertViolation("the final block was");
  }

  @Test
  void findsACursorThatWentBack() {
    runTo(50);
    Cursor before = ledger.cursor().orElseThrow();
    SimulatedBlock parent = chain.ancestry(before.root()).get(1);
    ledger.breakCursor(
        cursor -> cursor.map(c -> new Cursor(parent.slot(), parent.root(), c.finalized())));

    assertViolation("the cursor went back");
  }

  @Test
  void findsACursorThatWasLost() {
    runTo(50);
    ledger.breakCursor(_ -> Optional.empty());
    ledger.breakEntries(_ -> List.of());

    assertViolation("was lost");
  }

  @Test
  void findsALedgerThatStoppedFollowing() {
    runTo(50);
    clock.advanceTo(chain.end());

    oracle.check(ledger, clock.instant());
    assertThatExceptionOfType(OracleViolation.class)
        .isThrownBy(() -> oracle.checkCaughtUp(ledger, clock.instant()))
        .withMessageContaining("the chain's head");
  }
}
