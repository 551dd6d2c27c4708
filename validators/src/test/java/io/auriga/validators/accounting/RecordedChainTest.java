package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.committee.ActiveValidators;
import io.auriga.crypto.committee.Proposers;
import io.auriga.crypto.committee.Seeds;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.OperationsView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.accounting.Proposal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The generated chain from Capella to Fulu, against the states that another client computed. */
class RecordedChainTest {
  private final RecordedChain chain = new RecordedChain();
  private final List<EpochDuties> published = new ArrayList<>();
  private final DutyAccounting accounting = new DutyAccounting(chain.genesis(), published::add);

  @Test
  void hasTheFlagsOfTheStateBehindEveryBlockOnEveryBranch() {
    int compared = 0;
    for (Root head : chain.heads()) {
      chain.lead(accounting, head);
      BeaconStateView state = chain.stateAfter(head);
      Epoch epoch = chain.spec.epochOf(state.slot());
      assertFlags(state, "current_epoch_participation", epoch);
      compared++;
      if (epoch.value() > 0) {
        assertFlags(state, "previous_epoch_participation", new Epoch(epoch.value() - 1));
      }
    }
    assertThat(compared).isGreaterThan(120);
    assertThat(published).anyMatch(duties -> duties.stage() == Stage.CLOSED);
  }

  private void assertFlags(BeaconStateView state, String field, Epoch epoch) {
    EpochDuties duties = accounting.duties(epoch).orElseThrow();
    assertThat(duties.participation())
        .as(field + " behind slot " + state.slot())
        .isEqualTo(state.fields().field(field).toBytes());
    assertThat(duties.refused()).isZero();
  }

  @Test
  void isAfterEveryReorgWhatItWouldBeWithoutIt() {
    chain.heads().forEach(head -> chain.lead(accounting, head));
    DutyAccounting straight = new DutyAccounting(chain.genesis(), _ -> {});
    chain.canonical().forEach(block -> chain.apply(straight, block));
    assertThat(accounting.head()).isEqualTo(straight.head());
    long last = chain.spec.epochOf(straight.head().slot()).value();
    for (long epoch = 0; epoch <= last; epoch++) {
      EpochDuties one = accounting.duties(new Epoch(epoch)).orElseThrow();
      EpochDuties other = straight.duties(new Epoch(epoch)).orElseThrow();
      assertThat(one.network()).isEqualTo(other.network());
      assertThat(one.participation()).isEqualTo(other.participation());
      for (int i = 0; i < one.validatorCount(); i++) {
        assertThat(one.attestation(i)).isEqualTo(other.attestation(i));
      }
      assertThat(one.sync().network()).isEqualTo(other.sync().network());
    }
  }

  @Test
  void findsExactlyTheValidatorsThatNeverAttest() {
    chain.heads().forEach(head -> chain.lead(accounting, head));
    Map<Integer, Integer> missed = new TreeMap<>();
    for (long epoch = 0; epoch < 15; epoch++) {
      EpochDuties duties = accounting.duties(new Epoch(epoch)).orElseThrow();
      for (int i = 0; i < duties.validatorCount(); i++) {
        if (duties.attestation(i).filter(duty -> !duty.isIncluded()).isPresent()) {
          missed.merge(i, 1, Integer::sum);
        }
      }
    }
    assertThat(missed).containsEntry(29, 15).containsEntry(30, 15);
    assertThat(missed.entrySet()).filteredOn(entry -> entry.getValue() > 2).hasSize(2);
  }

  @Test
  void knowsWhoseBlocksAreMissingAndWhoOrphanedWhose() {
    for (Root head : chain.heads()) {
      chain.lead(accounting, head);
      BeaconStateView state = chain.stateAfter(head);
      Epoch epoch = chain.spec.epochOf(state.slot());
      accounting.proposers(epoch, Proposers.ofState(chain.spec, state, epoch));
    }
    TreeMap<Long, Outcome> unusual = new TreeMap<>();
    Map<Long, RecordedBlock> canonical = new TreeMap<>();
    chain.canonical().forEach(block -> canonical.put(block.slot().value(), block));
    for (long epoch = 0; epoch <= 17; epoch++) {
      int[] schedule = schedule(epoch);
      for (Proposal proposal : accounting.duties(new Epoch(epoch)).orElseThrow().proposals()) {
        long slot = proposal.slot().value();
        if (slot == 0) {
          assertThat(proposal.proposer()).as("nobody proposed genesis").isEmpty();
        } else if (proposal.outcome() == Outcome.PROPOSED) {
          assertThat(proposal.proposer()).hasValue(schedule[(int) (slot % 8)]);
        } else {
          unusual.put(slot, proposal.outcome());
          assertThat(canonical).doesNotContainKey(slot);
        }
      }
    }
    for (long slot : new long[] {28, 37, 38, 94, 95, 96, 114}) {
      assertThat(unusual).containsEntry(slot, Outcome.ORPHANED);
    }
    for (long slot : new long[] {21, 22, 61, 25, 40, 58, 59, 76, 87}) {
      assertThat(unusual).containsEntry(slot, Outcome.MISSED);
    }
    assertThat(unusual)
        .containsOnlyKeys(
            21L, 22L, 25L, 28L, 37L, 38L, 40L, 58L, 59L, 61L, 76L, 87L, 94L, 95L, 96L, 114L, 137L,
            138L, 139L, 140L, 141L, 142L, 143L);
    Proposal lost = accounting.duties(new Epoch(4)).orElseThrow().proposals().get(5);
    assertThat(lost.slot()).isEqualTo(new Slot(37));
    assertThat(lost.orphanedBy().orElseThrow().block().slot()).isEqualTo(new Slot(39));
  }

  private int[] schedule(long epoch) {
    for (RecordedBlock block : chain.canonical()) {
      if (chain.spec.epochOf(block.slot()).value() == epoch) {
        return Proposers.ofState(chain.spec, chain.stateAfter(block.root()), new Epoch(epoch));
      }
    }
    throw new AssertionError("no block in epoch " + epoch);
  }

  @Test
  void readsBothKindsOfSlashingsAndTheExitsInTheirBlocks() {
    TreeMap<Long, List<String>> found = new TreeMap<>();
    for (RecordedBlock block : chain.canonical()) {
      OperationsView operations = chain.view(block).operations();
      List<String> of = new ArrayList<>();
      operations.attesterSlashings().forEach(s -> of.add("votes " + s.offenders()[0]));
      operations.proposerSlashings().forEach(s -> of.add("blocks " + s.first().proposerIndex()));
      operations.voluntaryExits().forEach(exit -> of.add("exit " + exit.validatorIndex()));
      if (!of.isEmpty()) {
        found.put(block.slot().value(), of);
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                13L, List.of("exit 20"),
                14L, List.of("votes 24"),
                45L, List.of("exit 21"),
                50L, List.of("votes 25"),
                52L, List.of("blocks 26")));
  }

  @Test
  void endsTheDutiesOfWhoLeavesWithTheExitEpoch() {
    chain.heads().forEach(head -> chain.lead(accounting, head));
    BeaconStateView last = chain.stateAfter(chain.heads().getLast());
    int left = 0;
    for (int i = 0; i < last.validatorCount(); i++) {
      long exit = last.exitEpoch(i);
      if (exit >= 0 && exit <= 17) {
        assertThat(accounting.duties(new Epoch(exit - 1)).orElseThrow().attestation(i)).isPresent();
        assertThat(accounting.duties(new Epoch(exit)).orElseThrow().attestation(i)).isEmpty();
        left++;
      }
    }
    assertThat(left).as("two exits, three slashings, one request").isGreaterThanOrEqualTo(6);
  }

  @Test
  void computesTheProposersThatAFuluStateHasDecided() {
    int checked = 0;
    Epoch before = new Epoch(0);
    for (RecordedBlock block : chain.canonical()) {
      Epoch now = chain.spec.epochOf(block.slot());
      // The balances that count are those at the begin of an epoch, for the epoch behind it.
      if (block.fork() == ForkName.FULU && now.compareTo(before) > 0) {
        BeaconStateView state = chain.stateAfter(block.root());
        Epoch next = new Epoch(now.value() + 1);
        Root mix = Seeds.mix(state, Seeds.mixEpoch(next, 1));
        int[] computed =
            new Proposers(chain.spec, ForkName.FULU)
                .of(
                    next,
                    ActiveValidators.of(state, next),
                    state::effectiveBalance,
                    Seeds.seed(Seeds.PROPOSER, next, mix));
        assertThat(computed).isEqualTo(Proposers.ofState(chain.spec, state, next));
        checked++;
      }
      before = now;
    }
    assertThat(checked).isGreaterThan(7);
  }
}
