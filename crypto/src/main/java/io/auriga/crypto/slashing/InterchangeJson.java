package io.auriga.crypto.slashing;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of EIP-3076, version 5; {@link InterchangeWriter} writes it. Reading is strict
 * where a mistake would lose protection: numbers are decimal strings of 64 unsigned bits, a name
 * that an object has twice is refused, and so is a record that lacks a part. Fields that the format
 * does not name are skipped.
 */
public final class InterchangeJson {
  /** The only version that clients exchange. */
  public static final String VERSION = "5";

  /** A million records take 150 MB of text; who signed more exports less of it. */
  public static final int BYTES_MAX = 256 << 20;

  private static final int DEPTH_MAX = 32;
  private static final int TEXT_MAX = 4096;

  static final JsonFactory JSON =
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
  private final Consumer<KeyRecord> records;

  private InterchangeJson(JsonParser json, Consumer<KeyRecord> records) {
    this.json = json;
    this.records = records;
  }

  /**
   * The interchange in a whole document.
   *
   * @throws InterchangeException {@code AUR-CRYPTO-INTERCHANGE-MALFORMED} saying what is wrong, and
   *     in which field or at which byte
   */
  public static Interchange read(byte[] document) {
    if (document.length > BYTES_MAX) {
      throw tooLarge();
    }
    List<KeyRecord> records = new ArrayList<>();
    try {
      Root chain = read(new ByteArrayInputStream(document), records::add);
      return new Interchange(chain, records);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory is no file", impossible);
    }
  }

  /**
   * Reads a document of any length up to {@link #BYTES_MAX} and hands over its entries, one in
   * memory at a time. A key may have several. That the document is whole, and of which chain, is
   * known only when this returns: whoever keeps what was handed over lets go of it if this throws.
   *
   * @return the genesis validators root
   * @throws InterchangeException as {@link #read(byte[])}
   * @throws IOException if the stream cannot be read
   */
  public static Root read(InputStream document, Consumer<KeyRecord> records) throws IOException {
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), new BoundedInput(document))) {
      parser.nextToken();
      Root chain = new InterchangeJson(parser, records).document();
      if (parser.nextToken() != null) {
        throw InterchangeException.malformed("something follows its end");
      }
      return chain;
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    } catch (JacksonException malformed) {
      throw InterchangeException.malformed(describe(malformed), malformed);
    }
  }

  static InterchangeException tooLarge() {
    return InterchangeException.malformed("it is larger than " + (BYTES_MAX >> 20) + " MiB");
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

  private Root document() {
    Root chain = null;
    Boolean whole = null;
    begin(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (nameOfValue()) {
        case "metadata" -> chain = metadata();
        case "data" -> whole = entries();
        default -> json.skipChildren();
      }
    }
    Root found = required(chain, "metadata");
    boolean _ = required(whole, "data");
    return found;
  }

  private boolean entries() {
    begin(JsonToken.START_ARRAY, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      records.accept(keyRecord());
    }
    return true;
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
}
