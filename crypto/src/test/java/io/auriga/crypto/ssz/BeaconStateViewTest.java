package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.Vectors;
import io.auriga.types.Address;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.ForkVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** States of the official withdrawals cases, read, and refused once they are damaged. */
class BeaconStateViewTest {
  private static final StateSchemas MINIMAL = StateSchemas.of(ChainSpec.builtIn("minimal"));

  @ParameterizedTest
  @CsvSource({
    "mainnet, capella, 0x03000000",
    "mainnet, electra, 0x05000000",
    "minimal, capella, 0x03000001",
    "minimal, deneb, 0x04000001",
    "minimal, electra, 0x05000001",
    "minimal, fulu, 0x06000001"
  })
  void readsInPlaceWhatTheFieldsHold(String preset, String forkName, String version) {
    ForkName fork = ForkName.find(forkName).orElseThrow();
    StateSchemas schemas = StateSchemas.of(ChainSpec.builtIn(preset));
    BeaconStateView view = BeaconStateView.of(schemas, fork, anyState(preset, forkName));
    SszView fields = view.fields();
    assertThat(view.forkVersion()).isEqualTo(ForkVersion.fromHex(version));
    assertThat(view.slot().value()).isEqualTo(fields.uint64("slot"));
    assertThat(view.validatorCount()).isEqualTo(fields.field("validators").count()).isPositive();
    for (int i = 0; i < view.validatorCount(); i++) {
      SszView validator = fields.field("validators").element(i);
      byte[] credentials = validator.field("withdrawal_credentials").toBytes();
      assertThat(view.balance(i))
          .isEqualTo(LittleEndian.int64(fields.field("balances").element(i).toBytes(), 0));
      assertThat(view.credentialsPrefix(i)).isEqualTo(credentials[0]);
      assertThat(view.credentialsAddress(i)).isEqualTo(Address.at(credentials, 12));
      assertThat(view.effectiveBalance(i)).isEqualTo(validator.uint64("effective_balance"));
      assertThat(view.isSlashed(i)).isEqualTo(validator.field("slashed").toBytes()[0] == 1);
      assertThat(view.activationEpoch(i)).isEqualTo(validator.uint64("activation_epoch"));
      assertThat(view.exitEpoch(i)).isEqualTo(validator.uint64("exit_epoch"));
      assertThat(view.withdrawableEpoch(i)).isEqualTo(validator.uint64("withdrawable_epoch"));
    }
    assertThat(view.partialCount())
        .isEqualTo(
            fork.isAtLeast(ForkName.ELECTRA)
                ? fields.field("pending_partial_withdrawals").count()
                : 0);
    for (int i = 0; i < view.partialCount(); i++) {
      SszView partial = fields.field("pending_partial_withdrawals").element(i);
      assertThat(view.partialValidatorIndex(i)).isEqualTo(partial.uint64("validator_index"));
      assertThat(view.partialAmount(i)).isEqualTo(partial.uint64("amount"));
      assertThat(view.partialWithdrawableEpoch(i)).isEqualTo(partial.uint64("withdrawable_epoch"));
    }
    assertThatThrownBy(() -> view.balance(view.validatorCount()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.exitEpoch(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesAStateOfAnotherForkOrPreset() {
    for (String of : List.of("capella", "deneb", "electra", "fulu")) {
      byte[] ssz = anyState("minimal", of);
      for (ForkName fork : ForkName.values()) {
        if (fork.isSupported() && !fork.lowerName().equals(of)) {
          assertRefused(MINIMAL, fork, ssz);
        }
      }
    }
    StateSchemas mainnet = StateSchemas.of(ChainSpec.builtIn("mainnet"));
    assertRefused(mainnet, ForkName.ELECTRA, anyState("minimal", "electra"));
    assertRefused(MINIMAL, ForkName.ELECTRA, anyState("mainnet", "electra"));
    assertRefused(MINIMAL, ForkName.CAPELLA, anyState("mainnet", "capella"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ForkName.class,
      names = {"CAPELLA", "DENEB", "ELECTRA", "FULU"})
  void refusesAStateCutAtAnyByteOrWithBytesBehindIt(ForkName fork) {
    byte[] ssz = anyState("minimal", fork.lowerName());
    int taken = 0;
    for (int length = 0; length < ssz.length; length++) {
      taken += isTaken(fork, Arrays.copyOf(ssz, length)) ? 1 : 0;
    }
    // Entries of the last list may be missing without a trace; nothing else may.
    assertThat(taken).isLessThanOrEqualTo(lastListCount(fork, ssz));
    assertThat(isTaken(fork, Arrays.copyOf(ssz, ssz.length + 1))).isFalse();
  }

  private static int lastListCount(ForkName fork, byte[] ssz) {
    SszView fields = BeaconStateView.of(MINIMAL, fork, ssz).fields();
    return fields
        .field(fork.isAtLeast(ForkName.ELECTRA) ? "pending_consolidations" : "historical_summaries")
        .count();
  }

  @ParameterizedTest
  @EnumSource(
      value = ForkName.class,
      names = {"CAPELLA", "DENEB", "ELECTRA", "FULU"})
  void survivesAnyOffsetAndAnyByteChanged(ForkName fork) {
    byte[] ssz = anyState("minimal", fork.lowerName());
    Random random = new Random(8);
    SszContainer type = MINIMAL.state(fork);
    int refused = 0;
    int offsets = 0;
    for (int field = 0; field < type.fields().size(); field++) {
      if (type.type(field).isFixedSize()) {
        continue;
      }
      offsets++;
      int at = type.position(field);
      int offset = LittleEndian.int32(ssz, at);
      for (int value :
          new int[] {
            0,
            1,
            -1,
            offset - 1,
            offset + 1,
            offset + 7,
            ssz.length + 1,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            offset | Integer.MIN_VALUE,
            random.nextInt()
          }) {
        byte[] changed = ssz.clone();
        LittleEndian.putInt32(changed, at, value);
        refused += isTaken(fork, changed) ? 0 : 1;
      }
    }
    assertThat(offsets).isGreaterThanOrEqualTo(9);
    assertThat(refused).isGreaterThan(offsets * 9);
    for (int round = 0; round < 2_000; round++) {
      byte[] changed = ssz.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
      boolean _ = isTaken(fork, changed);
    }
  }

  @Test
  void refusesAStateThatNoChainCanHave() {
    byte[] ssz = anyState("minimal", "electra");
    SszContainer type = MINIMAL.state(ForkName.ELECTRA);
    byte[] beyond = ssz.clone();
    LittleEndian.putInt64(
        beyond, type.position(type.indexOf("next_withdrawal_validator_index")), 1L << 40);
    assertThatThrownBy(() -> BeaconStateView.of(MINIMAL, ForkName.ELECTRA, beyond))
        .isInstanceOf(SszException.class)
        .hasMessageContaining("BeaconState.next_withdrawal_validator_index")
        .hasMessageContaining("it names validator 1099511627776 of ");
    byte[] empty = SszWriter.ofDefaults(type).toBytes();
    assertThatThrownBy(() -> BeaconStateView.of(MINIMAL, ForkName.ELECTRA, empty))
        .isInstanceOf(SszException.class)
        .hasMessageContaining("there is no validator");
    byte[] poor = SszWriter.ofDefaults(type).set("validators", new byte[121]).toBytes();
    assertThatThrownBy(() -> BeaconStateView.of(MINIMAL, ForkName.ELECTRA, poor))
        .isInstanceOf(SszException.class)
        .hasMessageContaining("0 balances of 1 validators");
    byte[] partial = new byte[24];
    partial[0] = 1;
    byte[] queued =
        SszWriter.ofDefaults(type)
            .set("validators", new byte[121])
            .set("balances", new byte[8])
            .set("pending_partial_withdrawals", partial)
            .toBytes();
    BeaconStateView view = BeaconStateView.of(MINIMAL, ForkName.ELECTRA, queued);
    assertThatThrownBy(() -> view.partialValidatorIndex(0))
        .isInstanceOf(SszException.class)
        .hasMessageContaining("BeaconState.pending_partial_withdrawals[0]")
        .hasMessageContaining("it names validator 1 of 1");
  }

  /** Whether the bytes pass; what passes must be readable to its end. */
  private static boolean isTaken(ForkName fork, byte[] ssz) {
    BeaconStateView view;
    try {
      view = BeaconStateView.of(MINIMAL, fork, ssz);
    } catch (SszException malformed) {
      assertThat(malformed.path()).startsWith("BeaconState");
      assertThat(malformed.offset()).isBetween(0, ssz.length);
      return false;
    }
    long read = 0;
    for (int i = 0; i < view.validatorCount(); i++) {
      read += view.balance(i) + view.withdrawableEpoch(i);
    }
    for (int i = 0; i < view.partialCount(); i++) {
      read += view.partialAmount(i);
    }
    assertThat(read).isNotEqualTo(Long.MIN_VALUE);
    return true;
  }

  private static void assertRefused(StateSchemas schemas, ForkName fork, byte[] ssz) {
    assertThatThrownBy(() -> BeaconStateView.of(schemas, fork, ssz))
        .as(schemas.spec().name() + " " + fork)
        .isInstanceOf(SszException.class)
        .hasMessageContaining("BeaconState");
  }

  private static byte[] anyState(String preset, String fork) {
    String archive = preset + "-" + fork + "-operations-withdrawals.zip";
    List<String> names = new ArrayList<>();
    var cases = Vectors.cases(Vectors.path("consensus-spec/" + archive));
    cases.keySet().stream().sorted().forEach(names::add);
    return Objects.requireNonNull(
        Objects.requireNonNull(cases.get(names.getFirst())).get("pre.ssz_snappy"));
  }
}
