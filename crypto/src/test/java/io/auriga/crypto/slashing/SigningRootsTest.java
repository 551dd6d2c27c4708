package io.auriga.crypto.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszHasher;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningRootsTest {
  private static final ChainSpec MAINNET = ChainSpec.builtIn("mainnet");
  private static final SigningRoots ROOTS =
      new SigningRoots(
          MAINNET.forks(), ChainSpec.builtInGenesis("mainnet").orElseThrow().validatorsRoot());

  /** Behind the kind of message, a domain begins with the fork digest that every client shows. */
  @ParameterizedTest
  @CsvSource({
    "0, 0xb5303f2a",
    "74239, 0xb5303f2a",
    "74240, 0xafcaaba0",
    "144896, 0x4a26c58b",
    "194048, 0xbba4da96",
    "269568, 0x6a95a1a9",
    "364032, 0xad532ceb"
  })
  void theDomainIsThatOfTheForkOfTheEpoch(long epoch, String digest) {
    byte[] domain = ROOTS.domain(0x01000000, new Epoch(epoch));

    assertThat(Hex.toHex(Arrays.copyOf(domain, 8))).isEqualTo("0x01000000" + digest.substring(2));
  }

  private static Root root(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return Root.of(bytes);
  }

  private static byte[] checkpoint(Checkpoint checkpoint) {
    byte[] bytes = new byte[40];
    LittleEndian.putInt64(bytes, 0, checkpoint.epoch().value());
    checkpoint.root().copyTo(bytes, 8);
    return bytes;
  }

  @Test
  void aVoteIsHashedAsTheSchemaSaysAndSignedUnderItsTarget() {
    AttestationData vote =
        new AttestationData(
            new Slot(-7),
            5,
            root(1),
            new Checkpoint(new Epoch(74238), root(2)),
            new Checkpoint(new Epoch(74240), root(3)));
    BlockSchemas schemas = BlockSchemas.of(MAINNET);
    byte[] ssz =
        SszWriter.of(schemas.type(ForkName.CAPELLA, "AttestationData"))
            .set("slot", vote.slot().value())
            .set("index", vote.index())
            .set("beacon_block_root", vote.beaconBlockRoot().toBytes())
            .set("source", checkpoint(vote.source()))
            .set("target", checkpoint(vote.target()))
            .toBytes();
    Root hash =
        SszHasher.hashTreeRoot(
            schemas.type(ForkName.CAPELLA, "AttestationData"), ssz, 0, ssz.length);
    byte[] domain = ROOTS.domain(0x01000000, new Epoch(74240));

    assertThat(ROOTS.of(vote)).isEqualTo(Root.of(Sha256.hash(hash.toBytes(), domain)));
    assertThat(ROOTS.ofBlock(new Epoch(74240), root(4)))
        .isEqualTo(
            Root.of(Sha256.hash(root(4).toBytes(), ROOTS.domain(0x00000000, new Epoch(74240)))));
  }
}
