package io.auriga.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.CryptoError;
import io.auriga.crypto.rlp.RlpException;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Wei;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionHeaderTest {
  @ParameterizedTest
  @ValueSource(ints = {17, 20, 21})
  void readsWhatItWrites(int fields) {
    Random random = new Random(fields);
    for (int round = 0; round < 200; round++) {
      ExecutionHeader header = random(random, fields);
      assertThat(header.fieldCount()).isEqualTo(fields);
      assertThat(ExecutionHeader.decode(header.encode())).isEqualTo(header);
      assertThat(RlpReader.of(header.encode()).list().count()).isEqualTo(fields);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16})
  void saysThatAnOlderHeaderIsNotShanghai(int fields) {
    assertRefused(withFields(fields), CryptoError.NOT_SHANGHAI, fields + " fields");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 14, 18, 19, 22, 23, 24, 1000})
  void saysThatItDoesNotKnowAHeaderOfAnotherFork(int fields) {
    assertRefused(withFields(fields), CryptoError.UNSUPPORTED_HEADER, fields + " fields");
  }

  private static void assertRefused(byte[] rlp, CryptoError error, String problem) {
    assertThatThrownBy(() -> ExecutionHeader.decode(rlp))
        .isInstanceOfSatisfying(
            AurigaException.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(error))
        .hasMessageContaining(problem);
  }

  private static byte[] withFields(int fields) {
    RlpWriter writer = new RlpWriter().beginList();
    for (int i = 0; i < fields; i++) {
      writer.bytes(new byte[32]);
    }
    return writer.endList().toBytes();
  }

  @Test
  void changesItsHashWithEveryField() {
    ExecutionHeader header = random(new Random(1), 21);
    byte[] rlp = header.encode();
    RlpReader fields = RlpReader.of(rlp).list();
    while (fields.hasNext()) {
      fields.skip();
      byte[] changed = rlp.clone();
      changed[fields.position() - 1] ^= 1;
      assertThat(ExecutionHeader.decode(changed).hash()).isNotEqualTo(header.hash());
    }
  }

  @Test
  void neverFailsOtherwiseThanByRefusing() {
    Random random = new Random(3);
    byte[] rlp = random(random, 21).encode();
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = rlp.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        ExecutionHeader header = ExecutionHeader.decode(changed);
        assertThat(header.encode()).isEqualTo(changed);
        read++;
      } catch (RlpException refused) {
        assertThat(refused.offset()).isBetween(0, changed.length);
      } catch (AurigaException otherFieldCount) {
        assertThat(otherFieldCount.errorCode())
            .isIn(CryptoError.UNSUPPORTED_HEADER, CryptoError.NOT_SHANGHAI);
      }
    }
    assertThat(read).isPositive();
    for (int length = 0; length < rlp.length; length++) {
      byte[] cut = Arrays.copyOf(rlp, length);
      assertThatThrownBy(() -> ExecutionHeader.decode(cut)).isInstanceOf(RlpException.class);
    }
  }

  @Test
  void refusesABloomFilterOfAnotherLength() {
    ExecutionHeader header = random(new Random(5), 17);
    assertThatThrownBy(() -> copyWith(header, ByteString.EMPTY, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> copyWith(header, header.logsBloom(), Root.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blob fields");
  }

  private static ExecutionHeader copyWith(
      ExecutionHeader header, ByteString bloom, @Nullable Root requestsHash) {
    return new ExecutionHeader(
        header.parentHash(),
        header.ommersHash(),
        header.feeRecipient(),
        header.stateRoot(),
        header.transactionsRoot(),
        header.receiptsRoot(),
        bloom,
        header.difficulty(),
        header.number(),
        header.gasLimit(),
        header.gasUsed(),
        header.timestamp(),
        header.extraData(),
        header.prevRandao(),
        header.nonce(),
        header.baseFeePerGas(),
        header.withdrawalsRoot(),
        header.blobFields(),
        requestsHash);
  }

  @Test
  void hashesRequestsOfEachTypeAndIgnoresEmptyOnes() {
    assertThat(RequestsHash.of(List.of()).toHex())
        .isEqualTo("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    byte[] empty = {0x00};
    byte[] withdrawal = {0x01, 7};
    assertThat(RequestsHash.of(List.of(empty))).isEqualTo(RequestsHash.of(List.of()));
    assertThat(RequestsHash.of(List.of(empty, withdrawal)))
        .isEqualTo(RequestsHash.of(List.of(withdrawal)))
        .isNotEqualTo(RequestsHash.of(List.of()));
  }

  private static ExecutionHeader random(Random random, int fields) {
    return new ExecutionHeader(
        BlockHash.of(bytes(random, 32)),
        Root.of(bytes(random, 32)),
        Address.of(bytes(random, 20)),
        Root.of(bytes(random, 32)),
        Root.of(bytes(random, 32)),
        Root.of(bytes(random, 32)),
        ByteString.of(bytes(random, 256)),
        new BigInteger(random.nextInt(257), random),
        new BlockNumber(random.nextLong()),
        random.nextLong() >>> random.nextInt(64),
        random.nextLong() >>> random.nextInt(64),
        random.nextLong() >>> random.nextInt(64),
        ByteString.of(bytes(random, random.nextInt(33))),
        Root.of(bytes(random, 32)),
        random.nextLong(),
        new Wei(new BigInteger(random.nextInt(257), random)),
        Root.of(bytes(random, 32)),
        fields >= 20
            ? new BlobFields(random.nextLong(), random.nextInt(100), Root.of(bytes(random, 32)))
            : null,
        fields >= 21 ? Root.of(bytes(random, 32)) : null);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
