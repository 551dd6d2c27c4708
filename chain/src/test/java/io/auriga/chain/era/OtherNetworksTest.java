package io.auriga.chain.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.crypto.snappy.SnappyWriter;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole and right era files, but of another network or preset than the one that is configured. */
class OtherNetworksTest {
  private static final ChainSpec MAINNET = ChainSpec.builtIn("mainnet");
  private static final int STATE_SLOT = 8192;

  private final RecordedEras recorded = RecordedEras.open();
  @TempDir private Path folder;

  private static Root genesis(String network) {
    return ChainSpec.builtInGenesis(network).orElseThrow().validatorsRoot();
  }

  private static EraChain mainnet() {
    return EraChain.of(MAINNET, genesis("mainnet"));
  }

  private static EraException refusal(Path file, EraChain chain) {
    return catchThrowableOfType(EraException.class, () -> EraFile.open(file, chain));
  }

  /** The recorded chain's own network, with eras of so many slots. */
  private EraChain withEras(int slots) {
    Map<String, String> values = new HashMap<>(recorded.chain().spec().values());
    values.put("SLOTS_PER_HISTORICAL_ROOT", Integer.toString(slots));
    return EraChain.of(ChainSpec.of(values), recorded.chain().genesisValidatorsRoot());
  }

  /** A group of mainnet's shape: more blocks than a minimal era has slots, and its state. */
  private Path mainnetFile(String name, Root validators, int forkVersion) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    record(file, RawEra.VERSION, new byte[0]);
    for (int i = 0; i < 100; i++) {
      record(file, RawEra.BLOCK, new byte[] {1, 2, 3});
    }
    byte[] state = new byte[600_000];
    validators.copyTo(state, 8);
    ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).putLong(40, STATE_SLOT);
    ByteBuffer.wrap(state).putInt(52, forkVersion);
    record(file, RawEra.STATE, new SnappyWriter().pack(state));
    return Files.write(folder.resolve(name), file.toByteArray());
  }

  private static void record(ByteArrayOutputStream file, int type, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    file.writeBytes(header.putShort((short) type).putInt(data.length).array());
    file.writeBytes(data);
  }

  @Test
  void namesBothNetworksWhereAMinimalEraIsReadAsMainnet() {
    EraException refusal = refusal(recorded.write(folder, 1), mainnet());
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_NETWORK);
    assertThat(refusal)
        .hasMessageContaining("of a network with the fork versions of minimal, and not of mainnet")
        .hasMessageContaining(recorded.chain().genesisValidatorsRoot().toHex())
        .hasMessageContaining(genesis("mainnet").toHex());
  }

  @Test
  void namesBothNetworksWhereAMainnetEraIsReadAsMinimal() throws IOException {
    Path file = mainnetFile("mainnet-00001-40cf2f3c.era", genesis("mainnet"), 0);
    EraException refusal = refusal(file, recorded.chain());
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_NETWORK);
    assertThat(refusal).hasMessageContaining("it is of mainnet, and not of auriga-chain");
  }

  @Test
  void doesNotBelieveTheNameOfAFile() throws IOException {
    Path file = mainnetFile("mainnet-00001-40cf2f3c.era", genesis("sepolia"), 0x90000069);
    EraException refusal = refusal(file, mainnet());
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_NETWORK);
    assertThat(refusal).hasMessageContaining("it is of sepolia, and not of mainnet");
  }

  @Test
  void refusesAForkThatTheScheduleDoesNotHaveThere() throws IOException {
    Path file = mainnetFile("x.era", genesis("mainnet"), 0x90000069);
    EraException refusal = refusal(file, mainnet());
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_NETWORK);
    assertThat(refusal)
        .hasMessageContaining("a network with the fork versions of sepolia, and mainnet has");
  }

  @Test
  void saysOfAStrangerThatItIsNotKnown() throws IOException {
    Path file = mainnetFile("x.era", Root.ZERO, 0x12345678);
    assertThat(refusal(file, mainnet()))
        .hasMessageContaining("it is of a network that is not known here, and not of mainnet");
  }

  @Test
  void tellsAnotherPresetOfTheSameNetworkByTheSlotOfTheState() {
    EraException refusal = refusal(recorded.write(folder, 1), withEras(8192));
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_PRESET);
    assertThat(refusal)
        .hasMessageContaining(
            "slot 64, which ends no era of 8192 slots, as those of auriga-chain have (preset");
  }

  @Test
  void tellsAnotherPresetOfTheSameNetworkByTheIndexOfBlocks() {
    EraException refusal = refusal(recorded.write(folder, 1), withEras(32));
    assertThat(refusal.error()).isEqualTo(EraError.WRONG_PRESET);
    assertThat(refusal).hasMessageContaining("have 64 slots (preset minimal)");
  }
}
