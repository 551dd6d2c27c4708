package io.auriga.benchmarks.contender;

import io.auriga.benchmarks.SyntheticBlock;
import io.auriga.benchmarks.SyntheticChain;
import io.auriga.benchmarks.duties.Aggregates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that all contenders read: {@code block.ssz}, a signed Electra block of mainnet's size,
 * {@code header.rlp}, its execution header, and {@code block.json}, another block with a thousand
 * transactions as {@code eth_getBlockByHash(hash, true)} answers it, {@code attestation.ssz}, an
 * Electra aggregate of all committees of a slot of a million validators, and {@code seed.bin}, the
 * seed of its epoch's shuffle.
 */
public final class Inputs {
  private static final long SEED = 20_261_122;
  private static final int JSON_TRANSACTIONS = 1000;
  private static final int JSON_TRANSACTION_BYTES = 250;

  static final int MILLION = 1_000_000;

  private final byte[] ssz;
  private final byte[] headerRlp;
  private final byte[] json;
  private final byte[] attestation;

  private Inputs(byte[] ssz, byte[] headerRlp, byte[] json, byte[] attestation) {
    this.ssz = ssz;
    this.headerRlp = headerRlp;
    this.json = json;
    this.attestation = attestation;
  }

  public static Inputs read(Path folder) throws IOException {
    return new Inputs(
        Files.readAllBytes(folder.resolve("block.ssz")),
        Files.readAllBytes(folder.resolve("header.rlp")),
        Files.readAllBytes(folder.resolve("block.json")),
        Files.readAllBytes(folder.resolve("attestation.ssz")));
  }

  /** The array itself, as the others. */
  public byte[] ssz() {
    return ssz;
  }

  public byte[] headerRlp() {
    return headerRlp;
  }

  public byte[] json() {
    return json;
  }

  public byte[] attestation() {
    return attestation;
  }

  /** Writes the files to the folder named by the argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    SyntheticBlock block = SyntheticChain.likeMainnet(SEED).next();
    Files.write(folder.resolve("block.ssz"), block.ssz());
    Files.write(folder.resolve("header.rlp"), block.header().encode());
    byte[] json = new SyntheticChain(SEED, JSON_TRANSACTIONS, JSON_TRANSACTION_BYTES).next().json();
    Files.write(folder.resolve("block.json"), json);
    Files.write(folder.resolve("seed.bin"), Aggregates.seed().toBytes());
    Files.write(
        folder.resolve("attestation.ssz"), Aggregates.ofASlot(Aggregates.committees(MILLION)));
  }
}
