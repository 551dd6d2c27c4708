package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SszWriterTest {
  private static final BlockSchemas MINIMAL = BlockSchemas.of(ChainSpec.builtIn("minimal"));

  @ParameterizedTest
  @EnumSource(names = {"CAPELLA", "DENEB", "ELECTRA", "FULU"})
  void buildsABlockFromItsDefaults(ForkName fork) {
    byte[] block =
        SszWriter.ofDefaults(MINIMAL.type(fork, "BeaconBlock")).set("slot", 77).toBytes();
    byte[] signed = SszWriter.ofDefaults(MINIMAL.signedBlock(fork)).set("message", block).toBytes();
    SignedBlockView view = SignedBlockView.of(MINIMAL, fork, signed);
    assertThat(view.slot().value()).isEqualTo(77);
    assertThat(view.payload().withdrawals()).isEmpty();
    assertThat(view.payload().transactionCount()).isZero();
    assertThat(view.executionRequests()).isEmpty();
  }

  @Test
  void refusesAContainerWithAFieldMissing() {
    SszWriter writer = SszWriter.of(MINIMAL.type(ForkName.FULU, "Checkpoint")).set("epoch", 1);
    assertThat(writer.isSet(0)).isTrue();
    assertThat(writer.isSet(1)).isFalse();
    assertThatThrownBy(writer::toBytes).hasMessage("Checkpoint.root has not been set");
  }

  @Test
  void refusesAFieldOfTheWrongSizeOrName() {
    SszWriter writer = SszWriter.of(MINIMAL.type(ForkName.FULU, "Checkpoint"));
    assertThatThrownBy(() -> writer.set("root", new byte[31]))
        .hasMessage("Checkpoint.root takes 32 bytes, not 31");
    assertThatThrownBy(() -> writer.set("slot", 1)).hasMessage("Checkpoint has no field slot");
  }

  @ParameterizedTest
  @EnumSource(names = {"PHASE0", "ALTAIR", "BELLATRIX", "GLOAS"})
  void refusesForksThatCannotBeVerified(ForkName fork) {
    assertThatThrownBy(() -> MINIMAL.signedBlock(fork))
        .isInstanceOfSatisfying(
            AurigaException.class,
            refusal -> assertThat(refusal.errorCode()).isEqualTo(SpecError.UNSUPPORTED_FORK))
        .hasMessageContaining(fork.lowerName());
  }

  @Test
  void takesEveryLimitFromTheSpecification() {
    ChainSpec wide = ChainSpec.of(Map.of("PRESET_BASE", "minimal", "SYNC_COMMITTEE_SIZE", "64"));
    assertThat(BlockSchemas.of(wide).type(ForkName.CAPELLA, "SyncAggregate").fixedSize())
        .isEqualTo(MINIMAL.type(ForkName.CAPELLA, "SyncAggregate").fixedSize() + 4);
  }

  @Test
  void refusesALimitThatCannotBeOne() {
    for (String bad : new String[] {"0", "18446744073709551615", "99999999999999"}) {
      ChainSpec spec = ChainSpec.of(Map.of("SYNC_COMMITTEE_SIZE", bad));
      assertThatThrownBy(() -> BlockSchemas.of(spec))
          .isInstanceOfSatisfying(
              AurigaException.class,
              refusal -> assertThat(refusal.errorCode()).isEqualTo(SpecError.BAD_CONFIG))
          .hasMessageContaining("SYNC_COMMITTEE_SIZE is " + bad);
    }
  }

  @Test
  void refusesAnotherBloomFilterThanTheExecutionLayerHas() {
    ChainSpec spec = ChainSpec.of(Map.of("BYTES_PER_LOGS_BLOOM", "128"));
    assertThatThrownBy(() -> BlockSchemas.of(spec))
        .isInstanceOfSatisfying(
            AurigaException.class,
            refusal -> assertThat(refusal.errorCode()).isEqualTo(SpecError.BAD_CONFIG))
        .hasMessageContaining("BYTES_PER_LOGS_BLOOM is 128, and must be 256");
  }
}
