package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Committee;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.committee.Seeds;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.testkit.duties.DutyBlock;
import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.testkit.duties.DutyPlan;
import io.auriga.testkit.duties.NaiveCommittees;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.validators.accounting.Beginning;
import io.auriga.validators.accounting.CommitteeShelf;
import io.auriga.validators.accounting.DutyAccounting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks from a seed whose reorgs go back behind the blocks that decide the shuffling, so that
 * the same slot has other committees on each branch: every vote must be that of the validators who
 * sit in the committees of its own branch. {@code -Dauriga.seeds=1000} for more.
 */
class ReorgedCommitteesTest {
  private static final int SLOTS = 120;

  /** Over two epochs of the minimal preset. */
  private static final int DEEP = 20;

  private static final Duration SLOT = Duration.ofSeconds(6);

  /** A vote as the watch is told it. */
  private record Told(AttestationData data, List<Integer> voters) {}

  private final List<Told> told = new ArrayList<>();
  private final Map<Root, DutyBlock> byState = new HashMap<>();
  private final Map<Root, DutyBlock> byRoot = new HashMap<>();
  private int unread;
  private int asked;

  static LongStream seeds() {
    String one = System.getProperty("auriga.seed", "");
    String many = System.getProperty("auriga.seeds", "");
    return one.isEmpty()
        ? LongStream.range(0, many.isEmpty() ? 8 : Long.parseLong(many))
        : LongStream.of(Long.parseLong(one));
  }

  private static ChainSpec spec(long seed) {
    Map<String, Object> values = new HashMap<>();
    values.put("PRESET_BASE", "minimal");
    values.put("CONFIG_NAME", "simulated");
    values.put("GENESIS_FORK_VERSION", "0x00000001");
    String[] forks = {"ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA", "FULU"};
    for (int i = 0; i < forks.length; i++) {
      values.put(forks[i] + "_FORK_EPOCH", i < 4 ? 0L : (i - 3) * (3 + seed % 4));
      values.put(forks[i] + "_FORK_VERSION", "0x0" + (i + 1) + "000001");
    }
    return ChainSpec.of(values);
  }

  private static DutyNetwork network(long seed) {
    int validators = 60 + (int) (seed * 37 % 240);
    return new DutyNetwork(DutyPlan.unruly(spec(seed), validators, seed).withReorgs(0.08, DEEP));
  }

  private AggregateReader reader(DutyNetwork network, CommitteeShelf shelf) {
    ChainSpec spec = network.plan().spec();
    SlotClock clock =
        new SlotClock(
            Instant.EPOCH,
            SLOT,
            () -> Instant.EPOCH.plus(SLOT.multipliedBy(network.slot().value())));
    return new AggregateReader(
        spec,
        clock,
        new Node(network),
        shelf,
        new SightingSink() {
          @Override
          public boolean see(Sighting sighting) {
            if (sighting instanceof Sighting.Voted(var data, var voters, _)) {
              told.add(new Told(data, Arrays.stream(voters).sorted().boxed().toList()));
            }
            return true;
          }

          @Override
          public void unread(int aggregates) {
            unread += aggregates;
          }
        });
  }

  /** Who voted, by the committees of a branch. */
  private static Told expected(DutyNetwork network, AttestationView vote, DutyBlock branch) {
    ChainSpec spec = network.plan().spec();
    Epoch epoch = vote.data().target().epoch();
    Root seed = Seeds.seed(Seeds.ATTESTER, epoch, network.mixFor(branch, epoch.value()));
    Committees committees = Committees.of(spec, epoch, network.plan().active(epoch), seed);
    return new Told(
        vote.data(), Arrays.stream(committees.attestingIndices(vote)).sorted().boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsEveryVoteByTheCommitteesOfItsOwnBranch(long seed) {
    DutyNetwork network = network(seed);
    AggregateReader reader = reader(network, new CommitteeShelf());
    Map<Long, Root> firstMix = new HashMap<>();
    int wrongIfTheFirstCommitteesOfAnEpochWereKept = 0;
    while (network.slot().value() < SLOTS) {
      Optional<DutyBlock> next = network.next();
      if (next.isEmpty()) {
        continue;
      }
      DutyBlock block = next.get();
      know(block);
      List<Told> expected = new ArrayList<>();
      for (AttestationView vote : block.block().operations().attestations()) {
        expected.add(expected(network, vote, block));
        long epoch = vote.data().target().epoch().value();
        Root mix = network.mixFor(block, epoch);
        Root before = firstMix.putIfAbsent(epoch, mix);
        wrongIfTheFirstCommitteesOfAnEpochWereKept += before != null && !before.equals(mix) ? 1 : 0;
      }
      told.clear();
      reader.block(block.block(), block.ref().root());
      reader.readAll();
      assertThat(told).as("block %s of seed %d", block, seed).isEqualTo(expected);
    }
    assertThat(unread).isZero();
    assertThat(wrongIfTheFirstCommitteesOfAnEpochWereKept).as("seed %d", seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsAnnouncedVotesByTheBranchOfTheirTargetAlsoLongAfterItLost(long seed) {
    DutyNetwork network = network(seed);
    AggregateReader reader = reader(network, new CommitteeShelf());
    int ofLostBranches = 0;
    while (network.slot().value() < SLOTS) {
      Optional<DutyBlock> next = network.next();
      if (next.isEmpty()) {
        continue;
      }
      know(next.get());
      reader.block(next.get().block(), next.get().ref().root());
      reader.readAll();
      if (network.slot().value() % 5 != 0) {
        continue;
      }
      // Whatever any block has is announced again, as a node might that was away.
      for (DutyBlock block : List.copyOf(byRoot.values())) {
        if (block.ref().slot().value() + 12 < network.slot().value()) {
          continue;
        }
        for (AttestationView vote : block.block().operations().attestations()) {
          DutyBlock target = byRoot.get(vote.data().target().root());
          if (target == null) {
            continue;
          }
          told.clear();
          reader.aggregate(
              vote.data(),
              Hex.toHex(vote.aggregationBits()),
              vote.namesCommittees()
                  ? Optional.of(Hex.toHex(vote.committeeBits()))
                  : Optional.empty(),
              "a node");
          reader.readAll();
          if (!told.isEmpty()) {
            assertThat(told).containsExactly(expected(network, vote, target));
            ofLostBranches += network.head().descendsFrom(target.ref()) ? 0 : 1;
          }
        }
      }
    }
    assertThat(ofLostBranches).as("seed %d", seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void takesWhatTheCountingOfDutiesComputedInsteadOfAsking(long seed) {
    DutyNetwork network = network(seed);
    CommitteeShelf shelf = new CommitteeShelf();
    AggregateReader reader = reader(network, shelf);
    DutyAccounting accounting =
        new DutyAccounting(
            Beginning.of(network.plan().spec(), network.genesisState(), network.head().ref()),
            _ -> {});
    int askedWithout = 0;
    while (network.slot().value() < SLOTS) {
      Optional<DutyBlock> next = network.next();
      if (next.isEmpty()) {
        continue;
      }
      DutyBlock block = next.get();
      know(block);
      while (!block.descendsFrom(accounting.head())) {
        accounting.undo(accounting.head());
      }
      for (DutyBlock one : block.since(Optional.of(accounting.head()))) {
        var _ = accounting.apply(one.block(), one.ref());
        accounting.shelve(shelf);
      }
      List<Told> expected =
          block.block().operations().attestations().stream()
              .map(vote -> expected(network, vote, block))
              .toList();
      told.clear();
      reader.block(block.block(), block.ref().root());
      reader.readAll();
      assertThat(told).as("block %s of seed %d", block, seed).isEqualTo(expected);
      askedWithout++;
    }
    assertThat(askedWithout).isGreaterThan(40);
    // Only for what began before the counting, and for epochs that a deep reorg led back to.
    assertThat(asked).as("questions of seed %d", seed).isLessThan(askedWithout / 4);
  }

  private void know(DutyBlock block) {
    byState.put(block.block().stateRoot(), block);
    byRoot.put(block.ref().root(), block);
  }

  /** A node that has every state of every branch, and answers from it alone. */
  private final class Node implements BeaconStates {
    private final DutyNetwork network;

    Node(DutyNetwork network) {
      this.network = network;
    }

    @Override
    public String name() {
      return "all branches";
    }

    @Override
    public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
      asked++;
      if (!(state instanceof StateId.ByRoot(var root)) || !byState.containsKey(root)) {
        return Optional.empty();
      }
      DutyBlock block = byState.get(root);
      ChainSpec spec = network.plan().spec();
      long distance = spec.epochOf(block.ref().slot()).value() - epoch.value();
      if (distance < -1 || distance > 1) {
        return Optional.empty();
      }
      NaiveCommittees naive =
          new NaiveCommittees(
              spec, epoch, network.plan().active(epoch), network.mixFor(block, epoch.value()));
      List<Committee> all = new ArrayList<>();
      for (int slot = 0; slot < spec.slotsPerEpoch(); slot++) {
        for (int index = 0; index < naive.perSlot(); index++) {
          all.add(
              new Committee(
                  new Slot(spec.startSlotOf(epoch).value() + slot),
                  index,
                  naive.committee(slot, index)));
        }
      }
      return Optional.of(new StateAnswer<>(all, false, false));
    }

    @Override
    public Optional<StateAnswer<List<Validator>>> validators(
        StateId state, Collection<ValidatorId> ids) {
      return Optional.empty();
    }

    @Override
    public PendingPartials pendingPartialWithdrawals(StateId state) {
      return new PendingPartials.Unavailable("it knows committees only");
    }

    @Override
    public Optional<StateAnswer<StateBytes>> state(StateId state) {
      return Optional.empty();
    }
  }
}
