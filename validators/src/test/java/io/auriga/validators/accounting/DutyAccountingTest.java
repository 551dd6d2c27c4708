package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.auriga.chain.BlockRef;
import io.auriga.testkit.duties.DutyBlock;
import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.testkit.duties.DutyPlan;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.accounting.Proposal.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DutyAccountingTest {
  private static final ChainSpec SPEC = spec();

  private final DutyNetwork network =
      new DutyNetwork(new DutyPlan(SPEC, 96, 0, 0.1, 0, 1, 0.1, 0.05, 4));
  private final List<EpochDuties> published = new ArrayList<>();
  private final DutyAccounting accounting =
      new DutyAccounting(
          Beginning.of(SPEC, network.genesisState(), network.head().ref()), published::add);

  private static ChainSpec spec() {
    Map<String, Object> values = new HashMap<>(ChainSpec.builtIn("minimal").values());
    for (String fork : List.of("ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA")) {
      values.put(fork + "_FORK_EPOCH", 0L);
    }
    return ChainSpec.of(values);
  }

  private void runTo(long slot) {
    while (network.slot().value() < slot) {
      network.next().ifPresent(this::apply);
    }
  }

  private void apply(DutyBlock block) {
    assertThat(accounting.apply(block.block(), block.ref())).isEmpty();
  }

  @Test
  void closesAnEpochWhenNoBlockCanAddToItAndIsSureWhenTheLastOneIsFinal() {
    runTo(30);
    assertThat(published)
        .extracting(EpochDuties::epoch)
        .containsExactly(new Epoch(0), new Epoch(1));
    assertThat(published).allMatch(duties -> duties.stage() == Stage.CLOSED);
    assertThat(stage(2)).isEqualTo(Stage.OPEN);
    accounting.finalized(new Epoch(2));
    assertThat(stage(0)).isEqualTo(Stage.FINAL);
    assertThat(stage(1)).isEqualTo(Stage.CLOSED);
    assertThat(published.getLast().stage()).isEqualTo(Stage.FINAL);
    accounting.finalized(new Epoch(2));
    assertThat(published).as("once is enough").hasSize(3);
  }

  private Stage stage(long epoch) {
    return accounting.duties(new Epoch(epoch)).orElseThrow().stage();
  }

  @Test
  void sumsUpAnySetOfValidators() {
    runTo(40);
    EpochDuties duties = accounting.duties(new Epoch(2)).orElseThrow();
    int[] even = IntStream.range(0, 96).filter(i -> i % 2 == 0).toArray();
    BitSet odd = new BitSet();
    IntStream.range(0, 96).filter(i -> i % 2 == 1).forEach(odd::set);
    odd.set(5_000);
    assertThat(duties.of(even).plus(duties.of(odd))).isEqualTo(duties.network());
    assertThat(duties.of(new int[] {-1, 96, Integer.MAX_VALUE}).assigned()).isZero();
    assertThat(duties.network().assigned()).isEqualTo(96);
    assertThat(duties.network().missed()).isBetween(1L, 60L);
    DutyTotals slots = DutyTotals.NONE;
    for (int slot = 0; slot < 8; slot++) {
      slots = slots.plus(duties.ofSlot(slot));
    }
    assertThat(slots).isEqualTo(duties.network());
    double effectiveness =
        IntStream.range(0, 96)
            .mapToDouble(i -> duties.attestation(i).orElseThrow().effectiveness())
            .average()
            .orElseThrow();
    assertThat(duties.network().effectiveness().orElseThrow())
        .isCloseTo(effectiveness, offset(1e-12));
  }

  @Test
  void countsSeatsOverBlocksOnlyAndTellsPoorBlocksApart() {
    runTo(40);
    EpochDuties duties = accounting.duties(new Epoch(3)).orElseThrow();
    SyncDuties sync = duties.sync();
    long blocks = duties.proposals().stream().filter(p -> p.outcome() == Outcome.PROPOSED).count();
    assertThat(sync.blocks()).isEqualTo((int) blocks);
    assertThat(sync.network().seats()).isEqualTo(32);
    assertThat(sync.network().expected()).isEqualTo(32 * blocks);
    SyncTotals each = SyncTotals.NONE;
    for (int i = 0; i < 96; i++) {
      each = each.plus(sync.of(new int[] {i}));
    }
    assertThat(each).isEqualTo(sync.network());
    SyncDuties poor =
        SyncDuties.of(
            new int[] {7, 7, 8}, List.of(new byte[] {0b111}, new byte[] {0b010}, new byte[] {3}));
    assertThat(poor.of(new int[] {7})).isEqualTo(new SyncTotals(2, 6, 5, 1));
    assertThat(poor.of(new int[] {8})).isEqualTo(new SyncTotals(1, 3, 1, 1));
  }

  @Test
  void takesNoBlockThatDoesNotFollowAndGivesNoneBackThatIsNotTheNewest() {
    runTo(9);
    BlockRef head = accounting.head();
    DutyBlock first = network.head().since(Optional.empty()).getFirst();
    assertRefused(AccountingError.NOT_NEXT, () -> accounting.apply(first.block(), first.ref()));
    assertRefused(AccountingError.NOT_NEXT, () -> accounting.undo(first.ref()));
    BlockRef lie = new BlockRef(new Slot(1L << 40), Root.ZERO);
    assertRefused(AccountingError.NOT_NEXT, () -> accounting.apply(first.block(), lie));
    assertThat(accounting.head()).isEqualTo(head);
    while (accounting.head().slot().value() > 0) {
      accounting.undo(accounting.head());
    }
    assertRefused(AccountingError.TOO_DEEP, () -> accounting.undo(accounting.head()));
  }

  private static void assertRefused(AccountingError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AurigaException.class, e -> assertThat(e.errorCode()).isEqualTo(error));
  }

  @Test
  void forgetsWhatIsFinalButForTheLastEpochs() {
    runTo(90);
    accounting.finalized(new Epoch(9));
    assertThat(accounting.duties(new Epoch(7))).isPresent();
    assertThat(accounting.duties(new Epoch(6))).isPresent();
    assertThat(accounting.duties(new Epoch(5))).isEmpty();
    assertThat(accounting.duties(new Epoch(12))).isEmpty();
    assertThat(published).filteredOn(d -> d.stage() == Stage.FINAL).hasSize(8);
    // What is final is never taken back; what is not, still can be.
    while (accounting.head().slot().value() > 72) {
      accounting.undo(accounting.head());
    }
    network.head().since(Optional.of(accounting.head())).forEach(this::apply);
    assertThat(accounting.head()).isEqualTo(network.head().ref());
  }

  @Test
  void holdsABoundedNumberOfEpochsHoweverLongNothingIsFinal() {
    runTo((DutyAccounting.EPOCHS_MAX + 12) * 8L);
    long head = SPEC.epochOf(accounting.head().slot()).value();
    assertThat(accounting.duties(new Epoch(head - DutyAccounting.EPOCHS_MAX))).isPresent();
    assertThat(accounting.duties(new Epoch(head - DutyAccounting.EPOCHS_MAX - 1))).isEmpty();
    assertThat(published).hasSize((int) head - 1);
    accounting.finalized(new Epoch(head - 2));
    assertThat(published.stream().filter(d -> d.stage() == Stage.FINAL).findFirst().orElseThrow())
        .as("the epochs between were dropped, not made up")
        .returns(new Epoch(head - DutyAccounting.EPOCHS_MAX), EpochDuties::epoch);
  }

  @Test
  void saysThatAReorgIsDeeperThanWhatIsKept() {
    runTo((DutyAccounting.EPOCHS_MAX + 12) * 8L);
    assertRefused(
        AccountingError.TOO_DEEP,
        () -> {
          while (true) {
            accounting.undo(accounting.head());
          }
        });
    assertThat(SPEC.epochOf(accounting.head().slot()).value()).isBetween(10L, 13L);
  }

  @Test
  void doesNotTrustAnEpochWhoseActiveSetWasWrongAndTakesThatBackToo() {
    runTo(8);
    accounting.validators().set(3, new Epoch(0), new Epoch(1));
    accounting.validatorsChanged();
    List<BlockRef> refs = new ArrayList<>();
    List<AurigaException> refused = new ArrayList<>();
    while (network.slot().value() < 14) {
      network
          .next()
          .ifPresent(
              block -> {
                refs.add(block.ref());
                refused.addAll(accounting.apply(block.block(), block.ref()));
              });
    }
    EpochDuties wrong = accounting.duties(new Epoch(1)).orElseThrow();
    assertThat(refused).isNotEmpty();
    assertThat(refused).extracting(AurigaException::code).contains("AUR-CRYPTO-ATTESTATION-BITS");
    assertThat(wrong.refused()).isEqualTo(refused.size());
    refs.reversed().forEach(accounting::undo);
    accounting.validators().set(3, new Epoch(0), Epoch.FAR_FUTURE);
    accounting.validatorsChanged();
    network.head().since(Optional.of(accounting.head())).forEach(this::apply);
    assertThat(accounting.duties(new Epoch(1)).orElseThrow().refused()).isZero();
  }

  @Test
  void toldOfTheScheduleKnowsWhoMissedASlot() {
    runTo(20);
    accounting.proposers(new Epoch(1), new int[] {60, 61, 62, 63, 64, 65, 66, 67});
    for (Proposal proposal : accounting.duties(new Epoch(1)).orElseThrow().proposals()) {
      if (proposal.outcome() == Outcome.MISSED) {
        assertThat(proposal.proposer()).hasValue(60 + (int) proposal.slot().value() % 8);
      }
    }
    assertThatThrownBy(() -> accounting.proposers(new Epoch(1), new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsOnlyCommitteesThatAreDecided() {
    runTo(20);
    assertThat(accounting.committees(new Epoch(3)).activeCount()).isEqualTo(96);
    assertThatThrownBy(() -> accounting.committees(new Epoch(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not known while the head is");
  }
}
