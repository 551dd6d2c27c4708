package io.auriga.crypto.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official generator's attestations, against committees computed from the state before. */
class AttestationVectorsTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");

  /**
   * What is wrong with cases that do not fit their committees; other bad ones are too late, say.
   */
  private static final Map<String, CommitteeError> MISFITS =
      Map.ofEntries(
          Map.entry("invalid_attestation_data_index_not_zero", CommitteeError.BAD_INDEX),
          Map.entry(
              "invalid_empty_participants_seemingly_valid_sig", CommitteeError.EMPTY_COMMITTEE),
          Map.entry("invalid_empty_participants_zeroes_sig", CommitteeError.EMPTY_COMMITTEE),
          Map.entry("invalid_index", CommitteeError.NO_SUCH_COMMITTEE),
          Map.entry("invalid_mismatched_target_and_slot", CommitteeError.WRONG_EPOCH),
          Map.entry("invalid_nonset_committee_bits", CommitteeError.NO_SUCH_COMMITTEE),
          Map.entry("invalid_nonset_multiple_committee_bits", CommitteeError.EMPTY_COMMITTEE),
          Map.entry("invalid_too_few_aggregation_bits", CommitteeError.BITS_MISMATCH),
          Map.entry("invalid_too_many_aggregation_bits", CommitteeError.BITS_MISMATCH),
          Map.entry("invalid_too_many_committee_bits", CommitteeError.BITS_MISMATCH),
          Map.entry("invalid_wrong_index_for_slot_1", CommitteeError.NO_SUCH_COMMITTEE));

  /** Cases in which the data's index is wrong; from Electra on it must be 0. */
  private static final Set<String> BY_DATA =
      Set.of("invalid_index", "invalid_wrong_index_for_slot_1");

  @ParameterizedTest
  @ValueSource(strings = {"capella", "electra"})
  void findsWhoVotedAndNamesWhatDoesNotFit(String forkName) {
    ForkName fork = ForkName.find(forkName).orElseThrow();
    TreeSet<String> misfits = new TreeSet<>();
    int voted = 0;
    String archive = "consensus-spec/minimal-" + forkName + "-operations-attestation.zip";
    for (Map.Entry<String, Map<String, byte[]>> one :
        Vectors.cases(Vectors.path(archive)).entrySet()) {
      String name = one.getKey().substring(one.getKey().lastIndexOf('/') + 1);
      Map<String, byte[]> files = one.getValue();
      BeaconStateView pre = state(fork, files, "pre.ssz_snappy");
      AttestationView attestation =
          AttestationView.of(BlockSchemas.of(SPEC), fork, content(files, "attestation.ssz_snappy"));
      Committees committees = committees(pre, attestation.data().target().epoch());
      boolean byData = fork.isAtLeast(ForkName.ELECTRA) && BY_DATA.contains(name);
      CommitteeError misfit = byData ? CommitteeError.BAD_INDEX : MISFITS.get(name);
      if (misfit != null) {
        assertThatThrownBy(() -> committees.attestingIndices(attestation))
            .as(name)
            .isInstanceOfSatisfying(
                CommitteeException.class, e -> assertThat(e.error()).as(name).isEqualTo(misfit));
        misfits.add(name);
      } else if (files.containsKey("post.ssz_snappy")) {
        assertThat(IntStream.of(committees.attestingIndices(attestation)).boxed())
            .as(name)
            .doesNotHaveDuplicates()
            .containsAll(newlyFlagged(pre, state(fork, files, "post.ssz_snappy")));
        voted++;
      }
    }
    assertThat(voted).isGreaterThanOrEqualTo(12);
    assertThat(misfits).hasSizeGreaterThanOrEqualTo(7);
  }

  /** Whose flags an attestation changed: some of those who voted. */
  private static Set<Integer> newlyFlagged(BeaconStateView pre, BeaconStateView post) {
    TreeSet<Integer> changed = new TreeSet<>();
    for (String field :
        new String[] {"previous_epoch_participation", "current_epoch_participation"}) {
      byte[] before = pre.fields().field(field).toBytes();
      byte[] after = post.fields().field(field).toBytes();
      for (int i = 0; i < before.length; i++) {
        if (before[i] != after[i]) {
          changed.add(i);
        }
      }
    }
    return changed;
  }

  private static Committees committees(BeaconStateView state, Epoch epoch) {
    Epoch mixEpoch = Seeds.mixEpoch(epoch, SPEC.number("MIN_SEED_LOOKAHEAD"));
    return Committees.of(
        SPEC,
        epoch,
        ActiveValidators.of(state, epoch),
        Seeds.seed(Seeds.ATTESTER, epoch, Seeds.mix(state, mixEpoch)));
  }

  private static BeaconStateView state(ForkName fork, Map<String, byte[]> files, String name) {
    return BeaconStateView.of(StateSchemas.of(SPEC), fork, content(files, name));
  }

  private static byte[] content(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }
}
