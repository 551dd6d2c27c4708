package io.auriga.crypto.execution;

import io.auriga.crypto.CryptoError;
import io.auriga.crypto.hash.Keccak256;
import io.auriga.crypto.rlp.RlpReader;
import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Wei;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of an execution block from Shanghai on: 17 fields, 20 from Cancun (the blob fields),
 * 21 from Prague (the requests hash). Its RLP's Keccak is the block hash, which is what makes every
 * root in it trustworthy. Numbers in {@code long} are unsigned.
 *
 * @param ommersHash {@link #NO_OMMERS} since the Merge
 * @param difficulty 0 since the Merge
 * @param prevRandao {@code mixHash} in the execution layer's JSON
 * @param nonce the eight bytes as a number; 0 since the Merge
 * @param withdrawalsRoot the Merkle-Patricia root
 * @param blobFields null before Cancun
 * @param requestsHash null before Prague
 */
public record ExecutionHeader(
    BlockHash parentHash,
    Root ommersHash,
    Address feeRecipient,
    Root stateRoot,
    Root transactionsRoot,
    Root receiptsRoot,
    ByteString logsBloom,
    BigInteger difficulty,
    BlockNumber number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    ByteString extraData,
    Root prevRandao,
    long nonce,
    Wei baseFeePerGas,
    Root withdrawalsRoot,
    @Nullable BlobFields blobFields,
    @Nullable Root requestsHash) {
  public static final int BLOOM_LENGTH = 256;

  /** The hash of an empty list's RLP. */
  public static final Root NO_OMMERS = Root.of(Keccak256.hash(new byte[] {(byte) 0xc0}));

  private static final int SHANGHAI_FIELDS = 17;
  private static final int CANCUN_FIELDS = 20;
  private static final int PRAGUE_FIELDS = 21;
  private static final int OLDEST_FIELDS = 15;

  public ExecutionHeader {
    if (logsBloom.length() != BLOOM_LENGTH) {
      throw new IllegalArgumentException(
          "a bloom filter has " + BLOOM_LENGTH + " bytes, not " + logsBloom.length());
    }
    if (requestsHash != null && blobFields == null) {
      throw new IllegalArgumentException("a header with a requests hash has the blob fields, too");
    }
  }

  /** Whether the header is of Cancun or later, and what it then has. */
  public Optional<BlobFields> blobs() {
    return Optional.ofNullable(blobFields);
  }

  public int fieldCount() {
    if (requestsHash != null) {
      return PRAGUE_FIELDS;
    }
    return blobFields != null ? CANCUN_FIELDS : SHANGHAI_FIELDS;
  }

  /** The block hash that this header has. */
  public BlockHash hash() {
    return BlockHash.of(Keccak256.hash(encode()));
  }

  public byte[] encode() {
    RlpWriter writer =
        new RlpWriter()
            .beginList()
            .bytes(parentHash.toBytes())
            .bytes(ommersHash.toBytes())
            .bytes(feeRecipient.toBytes())
            .bytes(stateRoot.toBytes())
            .bytes(transactionsRoot.toBytes())
            .bytes(receiptsRoot.toBytes())
            .bytes(logsBloom.toBytes())
            .integer(difficulty)
            .uint64(number.value())
            .uint64(gasLimit)
            .uint64(gasUsed)
            .uint64(timestamp)
            .bytes(extraData.toBytes())
            .bytes(prevRandao.toBytes())
            .bytes(nonceBytes())
            .integer(baseFeePerGas.value())
            .bytes(withdrawalsRoot.toBytes());
    if (blobFields != null) {
      writer
          .uint64(blobFields.blobGasUsed())
          .uint64(blobFields.excessBlobGas())
          .bytes(blobFields.parentBeaconBlockRoot().toBytes());
    }
    if (requestsHash != null) {
      writer.bytes(requestsHash.toBytes());
    }
    return writer.endList().toBytes();
  }

  private byte[] nonceBytes() {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (nonce >>> (56 - 8 * i));
    }
    return bytes;
  }

  /**
   * Reads the RLP of one header.
   *
   * @throws AurigaException {@code AUR-CRYPTO-NOT-SHANGHAI} for an older header, {@code
   *     AUR-CRYPTO-UNSUPPORTED-HEADER} for one with a number of fields that this version does not
   *     know, {@code AUR-CRYPTO-RLP-MALFORMED} for anything else
   */
  public static ExecutionHeader decode(byte[] rlp) {
    RlpReader reader = RlpReader.of(rlp);
    ExecutionHeader header = decode(reader.list());
    reader.expectEnd();
    return header;
  }

  static ExecutionHeader decode(RlpReader fields) {
    int count = fields.count();
    requireKnown(count);
    ExecutionHeader header =
        new ExecutionHeader(
            BlockHash.of(fields.bytes(BlockHash.LENGTH)),
            root(fields),
            Address.of(fields.bytes(Address.LENGTH)),
            root(fields),
            root(fields),
            root(fields),
            ByteString.of(fields.bytes(BLOOM_LENGTH)),
            fields.uint256(),
            new BlockNumber(fields.uint64()),
            fields.uint64(),
            fields.uint64(),
            fields.uint64(),
            ByteString.of(fields.bytes()),
            root(fields),
            new BigInteger(1, fields.bytes(Long.BYTES)).longValue(),
            new Wei(fields.uint256()),
            root(fields),
            count >= CANCUN_FIELDS
                ? new BlobFields(fields.uint64(), fields.uint64(), root(fields))
                : null,
            count >= PRAGUE_FIELDS ? root(fields) : null);
    fields.expectEnd();
    return header;
  }

  private static void requireKnown(int fields) {
    switch (fields) {
      case SHANGHAI_FIELDS, CANCUN_FIELDS, PRAGUE_FIELDS -> {}
      case OLDEST_FIELDS, OLDEST_FIELDS + 1 ->
          throw new AurigaException(
              CryptoError.NOT_SHANGHAI,
              "verify withdrawals of an execution header",
              "it has " + fields + " fields, so that it is older than Shanghai");
      default ->
          throw new AurigaException(
              CryptoError.UNSUPPORTED_HEADER,
              "verify an execution header",
              "it has " + fields + " fields, and headers of 17, 20 and 21 are known");
    }
  }

  private static Root root(RlpReader fields) {
    return Root.of(fields.bytes(Root.LENGTH));
  }
}
