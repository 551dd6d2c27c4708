package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.SszValidator;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.util.Optional;

/**
 * Reads blocks of one node: SSZ first, JSON where the node has nothing else, and never without
 * knowing the fork.
 */
final class BlockReader {
  static final String SSZ = "application/octet-stream";
  static final String SSZ_FIRST = "application/octet-stream;q=1.0,application/json;q=0.9";

  private static final String JSON = "application/json";
  private static final int STATUS_NOT_FOUND = 404;
  private static final int STATUS_NOT_ACCEPTABLE = 406;
  private static final int STATUS_UNSUPPORTED_MEDIA_TYPE = 415;
  static final String VERSION_HEADER = "Eth-Consensus-Version";
  // Not standard, but some nodes say it so; SSZ has no other place for it.
  static final String OPTIMISTIC_HEADER = "Eth-Execution-Optimistic";
  static final String FINALIZED_HEADER = "Eth-Consensus-Finalized";
  // A SignedBeaconBlock begins with the message's offset and the signature; the slot comes first in
  // the message.
  private static final int MESSAGE_OFFSET = 4 + 96;
  private static final int SLOT_BYTES = 8;

  private final HttpEndpoint endpoint;
  private final ChainSpec spec;
  private final BlockSchemas schemas;
  private final BeaconBlockJson blockJson;
  private volatile boolean refusesSsz;

  BlockReader(HttpEndpoint endpoint, ChainSpec spec) {
    this.endpoint = endpoint;
    this.spec = spec;
    this.schemas = BlockSchemas.of(spec);
    this.blockJson = new BeaconBlockJson(spec, schemas);
  }

  ChainSpec spec() {
    return spec;
  }

  Optional<BeaconBlock> block(BlockId id) {
    String asked = "read block " + id.path();
    HttpAnswer answer = ask(id, asked);
    if (answer.status() == STATUS_NOT_FOUND) {
      return absent(id, asked, answer);
    }
    if (!answer.isOk()) {
      throw endpoint.statusFailure(answer, asked);
    }
    BeaconBlock block =
        switch (answer.mediaType()) {
          case SSZ -> ssz(answer, asked);
          case JSON -> json(answer);
          case "" -> looksLikeJson(answer.body()) ? json(answer) : ssz(answer, asked);
          default ->
              throw endpoint.failure(
                  ClientError.MALFORMED,
                  asked,
                  "the answer is "
                      + answer.mediaType()
                      + ", not a block; it begins "
                      + answer.excerpt());
        };
    requireAsked(id, block, asked);
    return Optional.of(block);
  }

  private HttpAnswer ask(BlockId id, String asked) {
    String path = BeaconRoutes.BLOCKS + id.path();
    HttpAnswer answer = endpoint.get(path, refusesSsz ? JSON : SSZ_FIRST, asked);
    boolean refused =
        answer.status() == STATUS_NOT_ACCEPTABLE
            || answer.status() == STATUS_UNSUPPORTED_MEDIA_TYPE;
    if (refused && !refusesSsz) {
      answer = endpoint.get(path, JSON, asked);
      // Only a good answer proves that it was the media type.
      refusesSsz = answer.isOk();
    }
    return answer;
  }

  private Optional<BeaconBlock> absent(BlockId id, String asked, HttpAnswer answer) {
    if (id.mayBeAbsent()) {
      return Optional.empty();
    }
    throw notReady(endpoint, asked, answer);
  }

  /** A node has no block where every chain has one. */
  static NodeException notReady(HttpEndpoint endpoint, String asked, HttpAnswer answer) {
    return endpoint.statusFailure(
        ClientError.UNSUPPORTED_ROUTE,
        asked,
        answer.status(),
        "it does not serve the route, or is not ready (404, " + answer.excerpt() + ")");
  }

  private BeaconBlock ssz(HttpAnswer answer, String asked) {
    byte[] bytes = answer.body();
    if (bytes.length < MESSAGE_OFFSET + SLOT_BYTES || littleEndian(bytes, 0, 4) != MESSAGE_OFFSET) {
      throw endpoint.failure(
          ClientError.MALFORMED,
          asked,
          "the answer, "
              + bytes.length
              + " bytes, is not the SSZ of a signed block: its first"
              + " offset is not "
              + MESSAGE_OFFSET);
    }
    Slot slot = slotOf(bytes);
    ForkName fork = BlockFork.of(answer.header(VERSION_HEADER), slot, spec, endpoint.name(), asked);
    try {
      SszValidator.check(schemas.signedBlock(fork), bytes, 0, bytes.length);
    } catch (SszException malformed) {
      throw endpoint.failure(
          ClientError.MALFORMED,
          asked,
          "the answer is not the SSZ of a "
              + fork.lowerName()
              + " block: "
              + malformed.getMessage(),
          malformed);
    }
    return new BeaconBlock(
        fork, bytes, isTrue(answer, OPTIMISTIC_HEADER), isTrue(answer, FINALIZED_HEADER));
  }

  private BeaconBlock json(HttpAnswer answer) {
    return blockJson.parse(
        endpoint.json(), answer.body(), endpoint.name(), answer.header(VERSION_HEADER));
  }

  private void requireAsked(BlockId id, BeaconBlock block, String asked) {
    if (id instanceof BlockId.BySlot(Slot slot)) {
      Slot got = slotOf(block.ssz());
      if (!got.equals(slot)) {
        throw new NodeException(
            ClientError.MALFORMED, endpoint.name(), asked, "the block of slot " + got + " came");
      }
    }
  }

  /** The slot of a signed block's SSZ that is at least as long as to have one. */
  static Slot slotOf(byte[] ssz) {
    return new Slot(littleEndian(ssz, MESSAGE_OFFSET, SLOT_BYTES));
  }

  private static boolean looksLikeJson(byte[] body) {
    for (byte b : body) {
      if (b > ' ') {
        return b == '{';
      }
    }
    return false;
  }

  private static boolean isTrue(HttpAnswer answer, String header) {
    return answer.header(header).map("true"::equalsIgnoreCase).orElse(false);
  }

  private static long littleEndian(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
