package io.auriga.benchmarks;

import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Hex;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A dynamic-fee transaction (EIP-1559) with the shape of real ones and a signature that is only
 * well-formed: other software decodes it, nobody could have sent it.
 */
public final class SyntheticTransaction {
  private static final int MAINNET = 1;
  private static final long PRIORITY_FEE = 1_000_000_000L;
  private static final long FEE_MAX = 40_000_000_000L;
  // What is around the input in the encoding.
  private static final int ENVELOPE_BYTES = 120;

  private final long nonce;
  private final long gas;
  private final byte[] to;
  private final byte[] value;
  private final byte[] input;
  private final byte[] r;
  private final byte[] s;

  /** Most transactions are short and a few are long; the mean is about {@code meanBytes}. */
  SyntheticTransaction(SplittableRandom random, int meanBytes) {
    int meanInput = Math.max(8, meanBytes - ENVELOPE_BYTES);
    double exponential = -Math.log(1 - random.nextDouble());
    int inputBytes = (int) Math.min(meanInput * exponential, 16.0 * meanInput);
    this.input = bytes(random, inputBytes);
    // Arguments of contract calls are words of 32 bytes, mostly zero in front.
    for (int word = 4; word + 32 <= inputBytes; word += 32) {
      Arrays.fill(input, word, word + random.nextInt(8, 30), (byte) 0);
    }
    this.nonce = random.nextInt(1, 100_000);
    this.gas = random.nextInt(21_000, 900_000);
    this.to = bytes(random, 20);
    this.value = number(random, 7);
    this.r = number(random, 32);
    this.s = number(random, 32);
  }

  byte[] encode() {
    byte[] list =
        new RlpWriter()
            .beginList()
            .uint64(MAINNET)
            .uint64(nonce)
            .uint64(PRIORITY_FEE)
            .uint64(FEE_MAX)
            .uint64(gas)
            .bytes(to)
            .bytes(value)
            .bytes(input)
            .beginList()
            .endList()
            .uint64(nonce & 1)
            .bytes(r)
            .bytes(s)
            .endList()
            .toBytes();
    byte[] typed = new byte[1 + list.length];
    typed[0] = 2;
    System.arraycopy(list, 0, typed, 1, list.length);
    return typed;
  }

  /** The object that {@code eth_getBlockByHash(hash, true)} has for it. */
  void appendJson(StringBuilder json, int position, String blockHash, String blockNumber) {
    json.append("{\"type\":\"0x2\",\"chainId\":\"0x1\",\"nonce\":\"").append(quantity(nonce));
    json.append("\",\"gas\":\"").append(quantity(gas));
    json.append("\",\"maxFeePerGas\":\"").append(quantity(FEE_MAX));
    json.append("\",\"maxPriorityFeePerGas\":\"").append(quantity(PRIORITY_FEE));
    json.append("\",\"to\":\"").append(Hex.toHex(to));
    json.append("\",\"value\":\"").append(Hex.toHex(value));
    json.append("\",\"accessList\":[],\"input\":\"").append(Hex.toHex(input));
    json.append("\",\"r\":\"").append(Hex.toHex(r));
    json.append("\",\"s\":\"").append(Hex.toHex(s));
    json.append("\",\"yParity\":\"").append(quantity(nonce & 1));
    json.append("\",\"v\":\"").append(quantity(nonce & 1));
    json.append("\",\"hash\":\"").append(Hex.toHex(Keccak256.hash(encode())));
    json.append("\",\"blockHash\":\"").append(blockHash);
    json.append("\",\"blockNumber\":\"").append(blockNumber);
    json.append("\",\"transactionIndex\":\"").append(quantity(position));
    json.append("\",\"from\":\"").append(Hex.toHex(to));
    json.append("\",\"gasPrice\":\"").append(quantity(FEE_MAX)).append("\"}");
  }

  static String quantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A number without leading zeros, in the lower half of what its bytes can hold. */
  private static byte[] number(SplittableRandom random, int length) {
    byte[] bytes = bytes(random, length);
    bytes[0] = (byte) random.nextInt(0x10, 0x40);
    return bytes;
  }
}
