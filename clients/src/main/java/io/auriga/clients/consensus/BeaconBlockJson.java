package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.SszValidator;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Signed beacon blocks from the Beacon API's JSON, transcoded to SSZ so that only one verifier
 * exists. Reads the text twice: first what stands around the block, which may follow it and decides
 * its type, then the block.
 */
public final class BeaconBlockJson {
  private static final String ASKED = "read a beacon block's JSON";

  private final ChainSpec spec;
  private final BlockSchemas schemas;

  public BeaconBlockJson(ChainSpec spec, BlockSchemas schemas) {
    this.spec = spec;
    this.schemas = schemas;
  }

  /** What stands around the block. */
  private static final class Envelope {
    @Nullable String version;
    boolean optimistic;
    boolean finalized;
    @Nullable String slot;
    boolean hasData;
  }

  /**
   * Reads {@code {"version", "execution_optimistic", "finalized", "data": {"message",
   * "signature"}}}, or the {@code data} alone.
   *
   * @param source whom to name in messages: a node or a file
   * @param named the fork that the answer's header or the user names; it must agree with {@code
   *     version} and, where neither is given, the slot decides
   * @throws NodeException naming the source and the path of what is wrong
   */
  public BeaconBlock parse(NodeJson json, byte[] body, String source, Optional<String> named) {
    try {
      Envelope envelope = envelope(json.parser(body));
      if (envelope.slot == null) {
        throw new JsonView.Unexpected(
            (envelope.hasData ? "/data" : "the answer") + " holds no message with a slot");
      }
      Slot slot = slotOf(envelope.slot);
      Optional<String> version = Optional.ofNullable(envelope.version);
      if (version.isPresent()
          && named.isPresent()
          && !version.get().equalsIgnoreCase(named.get())) {
        throw new NodeException(
            ClientError.WRONG_VERSION,
            source,
            ASKED,
            "its header names the fork "
                + Hex.abbreviate(named.get())
                + ", its body "
                + Hex.abbreviate(version.get()));
      }
      ForkName fork = BlockFork.of(version.or(() -> named), slot, spec, source, ASKED);
      byte[] ssz = block(json.parser(body), fork, envelope.hasData);
      Slot slotRead = BlockReader.slotOf(ssz);
      if (!slotRead.equals(slot)) {
        // Its fork would be another's: what chose it stands beside the block, or there are two.
        throw new JsonView.Unexpected(
            "two slots are given for the one block, " + slot + " and " + slotRead);
      }
      return new BeaconBlock(fork, ssz, envelope.optimistic, envelope.finalized);
    } catch (JacksonException malformed) {
      throw new NodeException(
          NodeJson.errorOf(malformed), source, ASKED, NodeJson.describe(malformed), malformed);
    } catch (JsonView.Unexpected | SszException malformed) {
      throw new NodeException(
          ClientError.MALFORMED, source, ASKED, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /**
   * The SSZ of {@code {"message", "signature"}}, for a caller that knows the fork by other means.
   *
   * @param parser stands before the object
   * @throws JsonView.Unexpected naming the path, if it is no signed block of the fork
   * @throws SszException if the SSZ that it stands for is malformed
   * @throws JacksonException if it is not JSON
   */
  public static byte[] transcode(BlockSchemas schemas, ForkName fork, JsonParser parser) {
    parser.nextToken();
    var schema = schemas.signedBlock(fork);
    byte[] ssz = JsonToSsz.transcode(schema, parser);
    // Padding bits and the ends of bit lists are not visible to the transcoder.
    SszValidator.check(schema, ssz, 0, ssz.length);
    return ssz;
  }

  private byte[] block(JsonParser parser, ForkName fork, boolean withinData) {
    if (withinData) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME
          && !parser.currentName().equals("data")) {
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return transcode(schemas, fork, parser);
  }

  private static Slot slotOf(String text) {
    try {
      return Slot.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      throw new JsonView.Unexpected("the block's slot is " + malformed.getMessage());
    }
  }

  private static Envelope envelope(JsonParser parser) {
    Envelope envelope = new Envelope();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonView.Unexpected("the answer is not an object");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "version" -> {
          envelope.version = value == JsonToken.VALUE_STRING ? parser.getString() : null;
          parser.skipChildren();
        }
        case "execution_optimistic" -> {
          envelope.optimistic = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        }
        case "finalized" -> {
          envelope.finalized = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        }
        case "data" -> {
          envelope.hasData = true;
          if (value == JsonToken.START_OBJECT) {
            signedBlock(parser, envelope);
          } else {
            parser.skipChildren();
          }
        }
        case "message" -> {
          if (value == JsonToken.START_OBJECT) {
            message(parser, envelope);
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonView.Unexpected("something follows the answer");
    }
    return envelope;
  }

  private static void signedBlock(JsonParser parser, Envelope envelope) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("message") && value == JsonToken.START_OBJECT) {
        message(parser, envelope);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void message(JsonParser parser, Envelope envelope) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("slot") && value == JsonToken.VALUE_STRING) {
        envelope.slot = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
  }
}
