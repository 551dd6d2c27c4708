package io.auriga.validators.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.committee.Seeds;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official generator's attestations and blocks: the participation flags of the state behind
 * them must be those of the state before and ours, bit for bit.
 */
class OfficialCasesTest {
  /** Bad cases that only somebody with the state can tell: the source, and the signature. */
  private static final Set<String> NOT_TOLD =
      Set.of(
          "invalid_attestation_signature",
          "invalid_bad_source_root",
          "invalid_current_source_root",
          "invalid_old_source_epoch",
          "invalid_source_root_is_target_root");

  private static Map<String, Object> forks(ForkName fork) {
    Map<String, Object> values = new HashMap<>(ChainSpec.builtIn("minimal").values());
    for (ForkName name : ForkName.values()) {
      if (name != ForkName.PHASE0 && fork.isAtLeast(name)) {
        values.put(name + "_FORK_EPOCH", 0L);
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"capella", "electra"})
  void setsTheFlagsThatTheAttestationsSetInTheState(String forkName) throws IOException {
    ForkName fork = ForkName.find(forkName).orElseThrow();
    ChainSpec spec = ChainSpec.of(forks(fork));
    TreeSet<String> told = new TreeSet<>();
    int compared = 0;
    var cases = SpecCases.of("minimal-" + forkName + "-operations-attestation");
    for (Map.Entry<String, Map<String, byte[]>> one : cases.entrySet()) {
      BeaconStateView pre = state(spec, fork, one.getValue(), "pre");
      SignedBlockView block =
          blockOf(
              spec, fork, pre.slot(), Objects.requireNonNull(one.getValue().get("attestation")));
      Counting counting = new Counting(spec, pre);
      List<AurigaException> refused = counting.count(block);
      if (!one.getValue().containsKey("post")) {
        if (refused.isEmpty()) {
          assertThat(NOT_TOLD).contains(one.getKey());
        } else {
          told.add(one.getKey());
        }
        continue;
      }
      assertThat(refused).as(one.getKey()).isEmpty();
      counting.assertFlags(one.getKey(), pre, state(spec, fork, one.getValue(), "post"));
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(12);
    assertThat(told).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"capella", "electra"})
  void setsTheFlagsThatWholeBlocksSetInTheState(String forkName) throws IOException {
    ForkName fork = ForkName.find(forkName).orElseThrow();
    ChainSpec spec = ChainSpec.of(forks(fork));
    int blocks = 0;
    for (var one : SpecCases.of("minimal-" + forkName + "-sanity-blocks").entrySet()) {
      if (!one.getValue().containsKey("post")) {
        continue;
      }
      BeaconStateView pre = state(spec, fork, one.getValue(), "pre");
      Counting counting = new Counting(spec, pre);
      for (int i = 0; one.getValue().containsKey("blocks_" + i); i++) {
        byte[] ssz = Objects.requireNonNull(one.getValue().get("blocks_" + i));
        SignedBlockView block = SignedBlockView.of(BlockSchemas.of(spec), fork, ssz);
        assertThat(counting.count(block)).as(one.getKey()).isEmpty();
        blocks++;
      }
      counting.assertFlags(one.getKey(), pre, state(spec, fork, one.getValue(), "post"));
    }
    assertThat(blocks).isGreaterThan(10);
  }

  private static BeaconStateView state(
      ChainSpec spec, ForkName fork, Map<String, byte[]> files, String name) {
    return BeaconStateView.of(
        StateSchemas.of(spec), fork, Objects.requireNonNull(files.get(name), name));
  }

  private static SignedBlockView blockOf(
      ChainSpec spec, ForkName fork, Slot slot, byte[] attestation) {
    BlockSchemas schemas = BlockSchemas.of(spec);
    SszSchema type = schemas.type(fork, "Attestation");
    byte[] body =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlockBody"))
            .set("attestations", SszWriter.sequence(type, List.of(attestation)))
            .toBytes();
    byte[] block =
        SszWriter.ofDefaults(schemas.type(fork, "BeaconBlock"))
            .set("slot", slot.value())
            .set("body", body)
            .toBytes();
    return SignedBlockView.of(
        schemas,
        fork,
        SszWriter.ofDefaults(schemas.signedBlock(fork)).set("message", block).toBytes());
  }

  /** Counts blocks on top of a state, whose epochs are begun already. */
  private static final class Counting {
    private final ChainSpec spec;
    private final ValidatorEpochs validators;
    private final Assignments assignments;
    private final RandaoMixes mixes = new RandaoMixes();
    private final BlockLog log;
    private final AttestationCounter counter;
    private final TreeMap<Long, EpochBook> books = new TreeMap<>();

    Counting(ChainSpec spec, BeaconStateView state) {
      this.spec = spec;
      this.validators = ValidatorEpochs.ofState(state);
      Epoch now = spec.epochOf(state.slot());
      for (long epoch = now.value() - 3; epoch <= now.value(); epoch++) {
        mixes.begin(new Epoch(epoch), Seeds.mix(state, new Epoch(epoch)));
      }
      this.assignments = new Assignments(spec, validators, mixes);
      this.log = new BlockLog(entry(0, Root.ZERO));
      SszView roots = state.fields().field("block_roots");
      long first = Math.max(0, state.slot().value() - roots.count());
      for (long slot = first; slot < state.slot().value(); slot++) {
        SszView root = roots.element((int) (slot % roots.count()));
        if (slot == 0 || !Root.at(root.data(), root.offset()).equals(log.newest().ref().root())) {
          log.add(entry(slot, Root.at(root.data(), root.offset())));
        }
      }
      this.counter =
          new AttestationCounter(
              spec,
              log,
              assignments,
              0,
              epoch ->
                  books.computeIfAbsent(epoch.value(), _ -> new EpochBook(assignments.of(epoch))));
    }

    private static BlockLog.Entry entry(long slot, Root root) {
      BlockRef ref = new BlockRef(new Slot(slot), root);
      return new BlockLog.Entry(ref, 0, new long[0], new byte[0], List.of(), new long[0]);
    }

    List<AurigaException> count(SignedBlockView block) {
      mixes.add(spec.epochOf(block.slot()), RandaoMixes.share(block.operations().randaoReveal()));
      List<AurigaException> refused = new ArrayList<>(counter.count(block).refused());
      log.add(entry(block.slot().value(), block.blockRoot()));
      return refused;
    }

    /** Compares with the state behind, into which the flags of the one before went too. */
    void assertFlags(String name, BeaconStateView pre, BeaconStateView post) {
      Epoch now = spec.epochOf(post.slot());
      assertFlags(name, pre, post, "current_epoch_participation", now);
      if (now.value() > 0) {
        assertFlags(name, pre, post, "previous_epoch_participation", new Epoch(now.value() - 1));
      }
    }

    private void assertFlags(
        String name, BeaconStateView pre, BeaconStateView post, String field, Epoch epoch) {
      byte[] flags = ours(epoch).orElse(new byte[post.validatorCount()]);
      long back = spec.epochOf(pre.slot()).value() - epoch.value();
      if (back == 0 || back == 1) {
        String before = back == 0 ? "current_epoch_participation" : "previous_epoch_participation";
        byte[] had = pre.fields().field(before).toBytes();
        for (int i = 0; i < had.length; i++) {
          flags[i] |= had[i];
        }
      }
      assertThat(Arrays.copyOf(flags, post.validatorCount()))
          .as(name + " " + field)
          .isEqualTo(post.fields().field(field).toBytes());
    }

    private Optional<byte[]> ours(Epoch epoch) {
      Slot start = spec.startSlotOf(epoch);
      return Optional.ofNullable(books.get(epoch.value()))
          .map(
              book ->
                  book.columns(
                          assignments.of(epoch),
                          start,
                          validators.count(),
                          new int[(int) spec.slotsPerEpoch()])
                      .participation());
    }
  }
}
