package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.duties.DutyBlock;
import io.auriga.testkit.duties.DutyNetwork;
import io.auriga.testkit.duties.DutyPlan;
import io.auriga.testkit.duties.NaiveDuties;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks from a seed, with reorgs, followed block by block, against the naive count of the chain
 * that is canonical then. {@code -Dauriga.seeds=1000} for more, {@code -Dauriga.seed=42} for one.
 */
public class SimulatedDutiesTest {
  private static final int SLOTS = 150;

  /** Over two epochs: the committees change, because the seeds of other blocks decide. */
  private static final int DEEP = 20;

  private final TreeMap<Epoch, EpochDuties> published = new TreeMap<>();

  public static LongStream seeds() {
    String one = System.getProperty("auriga.seed", "");
    String many = System.getProperty("auriga.seeds", "");
    return one.isEmpty()
        ? LongStream.range(0, many.isEmpty() ? 12 : Long.parseLong(many))
        : LongStream.of(Long.parseLong(one));
  }

  /** Forks at random epochs, so that windows and formats change under way. */
  public static ChainSpec spec(long seed) {
    Map<String, Object> values = new HashMap<>();
    values.put("PRESET_BASE", "minimal");
    values.put("CONFIG_NAME", "simulated");
    values.put("GENESIS_FORK_VERSION", "0x00000001");
    String[] forks = {"ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA", "FULU"};
    for (int i = 0; i < forks.length; i++) {
      long epoch = i < 3 ? 0 : (i - 2) * (2 + seed % 4);
      values.put(forks[i] + "_FORK_EPOCH", epoch);
      values.put(forks[i] + "_FORK_VERSION", "0x0" + (i + 1) + "000001");
    }
    return ChainSpec.of(values);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void countsWhatTheNaiveCountFindsWhateverWasTakenBackBefore(long seed) {
    ChainSpec spec = spec(seed);
    int validators = 60 + (int) (seed * 37 % 240);
    DutyPlan plan = DutyPlan.unruly(spec, validators, seed);
    DutyNetwork network = new DutyNetwork(seed % 3 == 0 ? plan.withReorgs(0.04, DEEP) : plan);
    DutyAccounting accounting = begin(network);
    int reorgs = 0;
    while (network.slot().value() < SLOTS) {
      Optional<DutyBlock> block = network.next();
      if (block.isPresent()) {
        reorgs += follow(accounting, block.get());
      }
      if (network.slot().value() % 25 == 0) {
        assertAsNaive(accounting, network, seed);
      }
    }
    assertThat(reorgs).as("reorgs of seed %d", seed).isPositive();
    assertThat(published.lastKey().value()).isGreaterThan(14);
    assertPublishedAsNow(accounting);
  }

  private DutyAccounting begin(DutyNetwork network) {
    Beginning beginning =
        Beginning.of(network.plan().spec(), network.genesisState(), network.head().ref());
    return new DutyAccounting(beginning, duties -> published.put(duties.epoch(), duties));
  }

  /** Leads the accounting to a head; how many blocks were taken back. */
  private static int follow(DutyAccounting accounting, DutyBlock head) {
    int undone = 0;
    while (!head.descendsFrom(accounting.head())) {
      accounting.undo(accounting.head());
      undone++;
    }
    for (DutyBlock block : head.since(Optional.of(accounting.head()))) {
      assertThat(accounting.apply(block.block(), block.ref())).isEmpty();
    }
    return undone;
  }

  private static void assertAsNaive(DutyAccounting accounting, DutyNetwork network, long seed) {
    NaiveDuties naive = new NaiveDuties(network, network.head());
    long last = network.plan().spec().epochOf(network.head().ref().slot()).value();
    for (long epoch = Math.max(0, last - 5); epoch <= last; epoch++) {
      EpochDuties duties = accounting.duties(new Epoch(epoch)).orElseThrow();
      Map<Integer, NaiveDuties.Duty> expected = naive.of(epoch);
      DutyTotals sum = DutyTotals.NONE;
      for (int i = 0; i < duties.validatorCount(); i++) {
        Optional<AttestationDuty> duty = duties.attestation(i);
        Optional<AttestationDuty> naively =
            Optional.ofNullable(expected.get(i)).map(d -> plain(d, network.head()));
        assertThat(duty).as("validator %d, epoch %d, seed %d", i, epoch, seed).isEqualTo(naively);
        sum = sum.plus(duties.of(new int[] {i}));
      }
      assertThat(duties.network()).isEqualTo(sum);
      assertThat(sum.assigned()).isEqualTo(expected.size());
    }
  }

  private static AttestationDuty plain(NaiveDuties.Duty duty, DutyBlock head) {
    Slot slot = new Slot(duty.slot());
    boolean included = duty.inclusionSlot() > 0;
    int lateness = 0;
    if (included) {
      // How many slots before the one that has it had a block that could have had it.
      long first = duty.inclusionSlot();
      for (long before = first - 1; before > duty.slot(); before--) {
        first = head.at(before).ref().slot().value() == before ? before : first;
      }
      lateness = (int) (duty.inclusionSlot() - first);
    }
    return new AttestationDuty(
        slot,
        included ? (int) (duty.inclusionSlot() - duty.slot()) : 0,
        lateness,
        (duty.flags() & 1) != 0,
        (duty.flags() & 2) != 0,
        (duty.flags() & 4) != 0);
  }

  /** What was said last of an epoch must still hold. */
  private void assertPublishedAsNow(DutyAccounting accounting) {
    long closed =
        accounting.duties(new Epoch(published.lastKey().value() + 1)).isPresent()
            ? published.lastKey().value()
            : -1;
    for (EpochDuties said : published.values()) {
      if (said.epoch().value() <= closed) {
        EpochDuties now = accounting.duties(said.epoch()).orElseThrow();
        assertThat(said.network()).isEqualTo(now.network());
        assertThat(said.participation()).isEqualTo(now.participation());
      }
    }
  }
}
