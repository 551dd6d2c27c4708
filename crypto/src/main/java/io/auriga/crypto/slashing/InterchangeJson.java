package io.auriga.crypto.slashing;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes the JSON of EIP-3076, version 5. Reading is strict where a mistake would lose
 * protection: numbers are decimal strings of 64 unsigned bits, a name that an object has twice is
 * refused, and so is a record that lacks a part. Fields that the format does not name are skipped.
 */
public final class InterchangeJson {
  /** The only version that clients exchange. */
  public static final String VERSION = "5";

  /** A million records take 150 MB of text; who signed more exports less of it. */
  public static final int BYTES_MAX = 256 << 20;

  private static final int DEPTH_MAX = 32;
  private static final int TEXT_MAX = 4096;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(TEXT_MAX)
                  .maxNameLength(TEXT_MAX)
                  .maxNumberLength(TEXT_MAX)
                  .build())
          .build();

  private final JsonParser json;

  private InterchangeJson(JsonParser json) {
    this.json = json;
  }

  /**
   * The interchange in a whole document.
   *
   * @throws InterchangeException {@code AUR-CRYPTO-INTERCHANGE-MALFORMED} saying what is wrong, and
   *     in which field or at which byte
   */
  public static Interchange read(byte[] document) {
    if (document.length > BYTES_MAX) {
      throw InterchangeException.malformed("it is larger than " + (BYTES_MAX >> 20) + " MiB");
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      parser.nextToken();
      Interchange interchange = new InterchangeJson(parser).interchange();
      if (parser.nextToken() != null) {
        throw InterchangeException.malformed("something follows its end");
      }
      return interchange;
    } catch (JacksonException malformed) {
      throw InterchangeException.malformed(describe(malformed), malformed);
    }
  }

  private static String describe(JacksonException malformed) {
    String problem =
        malformed.getOriginalMessage().replaceFirst("(?s): (was expecting|expected).*", "");
    var location = malformed.getLocation();
    boolean known = location != null && location.getByteOffset() >= 0;
    return "not JSON of the format"
        + (known ? " at byte " + location.getByteOffset() : "")
        + ": "
        + Hex.printable(problem);
  }

  private Interchange interchange() {
    Root chain = null;
    List<KeyRecord> records = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "metadata" -> chain = metadata();
        case "data" -> records = list(InterchangeJson::keyRecord);
        default -> json.skipChildren();
      }
    }
    return new Interchange(required(chain, "metadata"), required(records, "data"));
  }

  private Root metadata() {
    String version = null;
    Root chain = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "interchange_format_version" -> version = value(text -> text);
        case "genesis_validators_root" -> chain = value(Root::fromHex);
        default -> json.skipChildren();
      }
    }
    String found = required(version, "interchange_format_version");
    if (!found.equals(VERSION)) {
      throw InterchangeException.malformed(
          "its format version is " + Hex.abbreviate(found) + "; what is known is " + VERSION);
    }
    return required(chain, "genesis_validators_root");
  }

  private KeyRecord keyRecord() {
    BlsPublicKey key = null;
    List<SignedBlock> blocks = null;
    List<SignedAttestation> votes = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "pubkey" -> key = value(BlsPublicKey::fromHex);
        case "signed_blocks" -> blocks = list(InterchangeJson::block);
        case "signed_attestations" -> votes = list(InterchangeJson::attestation);
        default -> json.skipChildren();
      }
    }
    return new KeyRecord(
        required(key, "pubkey"),
        required(blocks, "signed_blocks"),
        required(votes, "signed_attestations"));
  }

  private SignedBlock block() {
    Slot slot = null;
    Root root = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "slot" -> slot = value(Slot::parseDecimal);
        case "signing_root" -> root = optional(Root::fromHex);
        default -> json.skipChildren();
      }
    }
    return new SignedBlock(required(slot, "slot"), root);
  }

  private SignedAttestation attestation() {
    Epoch source = null;
    Epoch target = null;
    Root root = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "source_epoch" -> source = value(Epoch::parseDecimal);
        case "target_epoch" -> target = value(Epoch::parseDecimal);
        case "signing_root" -> root = optional(Root::fromHex);
        default -> json.skipChildren();
      }
    }
    return new SignedAttestation(
        required(source, "source_epoch"), required(target, "target_epoch"), root);
  }

  private void begin(JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw problem("is not " + what);
    }
  }

  private String nameOfValue() {
    String name = json.currentName();
    json.nextToken();
    return name;
  }

  private <T> List<T> list(Function<InterchangeJson, T> element) {
    begin(JsonToken.START_ARRAY, "a list");
    List<T> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.apply(this));
    }
    return elements;
  }

  private <T> T value(Function<String, T> form) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw problem("is not a string; also numbers are written in quotes");
    }
    try {
      return form.apply(json.getString());
    } catch (IllegalArgumentException malformed) {
      throw problem("is " + malformed.getMessage());
    }
  }

  private <T> @Nullable T optional(Function<String, T> form) {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : value(form);
  }

  /** Called at the end of the object that lacks it. */
  private <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw problem("has no " + field);
    }
    return value;
  }

  private InterchangeException problem(String what) {
    String path = json.streamReadContext().pathAsPointer().toString();
    return InterchangeException.malformed((path.isEmpty() ? "the document" : path) + " " + what);
  }

  /** Writes the document in UTF-8, a record a line, and leaves the stream open. */
  public static void write(Interchange interchange, OutputStream out) {
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)
            .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)) {
      json.writeStartObject();
      json.writeName("metadata");
      json.writeStartObject();
      json.writeStringProperty("interchange_format_version", VERSION);
      json.writeStringProperty(
          "genesis_validators_root", interchange.genesisValidatorsRoot().toHex());
      json.writeEndObject();
      json.writeName("data");
      json.writeStartArray();
      for (KeyRecord record : interchange.records()) {
        write(record, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(KeyRecord record, JsonGenerator json) {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringProperty("pubkey", record.key().toHex());
    json.writeName("signed_blocks");
    json.writeStartArray();
    for (SignedBlock block : record.blocks()) {
      json.writeStartObject();
      json.writeStringProperty("slot", block.slot().toString());
      write(block.signingRoot(), json);
    }
    json.writeEndArray();
    json.writeName("signed_attestations");
    json.writeStartArray();
    for (SignedAttestation vote : record.attestations()) {
      json.writeStartObject();
      json.writeStringProperty("source_epoch", vote.source().toString());
      json.writeStringProperty("target_epoch", vote.target().toString());
      write(vote.signingRoot(), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** An unknown root is left out, as the format wants it. */
  private static void write(@Nullable Root signingRoot, JsonGenerator json) {
    if (signingRoot != null) {
      json.writeStringProperty("signing_root", signingRoot.toHex());
    }
    json.writeEndObject();
  }
}
