package io.auriga.crypto.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.Hex;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.crypto.Hash;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HashTest {
  /** Tuweni asks the platform for KECCAK-256. */
  @BeforeAll
  static void registerProvider() {
    Security.addProvider(new BouncyCastleProvider());
  }

  @Test
  void hashesKnownMessages() {
    assertThat(Hex.toHex(Keccak256.hash()))
        .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Hex.toHex(Keccak256.hash("abc".getBytes(US_ASCII))))
        .isEqualTo("0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    assertThat(Hex.toHex(Sha256.hash()))
        .isEqualTo("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Hex.toHex(Sha256.hash("abc".getBytes(US_ASCII))))
        .isEqualTo("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void hashesPartsAsTheirConcatenationOfEveryLengthAroundABlock() throws NoSuchAlgorithmException {
    Random random = new Random(7);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length < 300; length++) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      int cut = random.nextInt(length + 1);
      byte[] head = Arrays.copyOf(message, cut);
      byte[] tail = Arrays.copyOfRange(message, cut, length);
      Bytes expected = Hash.keccak256(Bytes.wrap(message));
      assertThat(Keccak256.hash(head, tail)).isEqualTo(expected.toArrayUnsafe());
      assertThat(Sha256.hash(head, tail)).isEqualTo(sha.digest(message));
    }
  }

  @Test
  void refusesATargetThatIsTooShort() {
    Sha256 sha = new Sha256();
    assertThatThrownBy(() -> sha.finish(new byte[31], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
