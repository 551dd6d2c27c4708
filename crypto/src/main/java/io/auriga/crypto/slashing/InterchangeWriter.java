package io.auriga.crypto.slashing;

import io.auriga.types.Root;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes the JSON of EIP-3076, version 5: an entry a line, one in memory at a time. The document is
 * whole only once {@link #end} was called, so that a failure in between leaves none that looks so;
 * the writer behind it stays open.
 */
public final class InterchangeWriter {
  private final JsonGenerator json;

  /** Part of a document, which fails only if the writer does. */
  private interface Part {
    void write();
  }

  /**
   * Begins a document.
   *
   * @param chain the genesis validators root
   */
  public InterchangeWriter(Writer out, Root chain) throws IOException {
    json =
        InterchangeJson.JSON
            .createGenerator(ObjectWriteContext.empty(), out)
            .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false);
    write(
        () -> {
          json.writeStartObject();
          json.writeName("metadata");
          json.writeStartObject();
          json.writeStringProperty("interchange_format_version", InterchangeJson.VERSION);
          json.writeStringProperty("genesis_validators_root", chain.toHex());
          json.writeEndObject();
          json.writeName("data");
          json.writeStartArray();
        });
  }

  /** Writes a whole document. */
  public static void write(Interchange interchange, Writer out) throws IOException {
    InterchangeWriter writer = new InterchangeWriter(out, interchange.genesisValidatorsRoot());
    for (KeyRecord record : interchange.records()) {
      writer.add(record);
    }
    writer.end();
  }

  /** Writes what one key signed. */
  public void add(KeyRecord record) throws IOException {
    write(() -> entry(record));
  }

  private void entry(KeyRecord record) {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringProperty("pubkey", record.key().toHex());
    json.writeName("signed_blocks");
    json.writeStartArray();
    for (SignedBlock block : record.blocks()) {
      json.writeStartObject();
      json.writeStringProperty("slot", block.slot().toString());
      end(block.signingRoot());
    }
    json.writeEndArray();
    json.writeName("signed_attestations");
    json.writeStartArray();
    for (SignedAttestation vote : record.attestations()) {
      json.writeStartObject();
      json.writeStringProperty("source_epoch", vote.source().toString());
      json.writeStringProperty("target_epoch", vote.target().toString());
      end(vote.signingRoot());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** An unknown root is left out, as the format wants it. */
  private void end(@Nullable Root signingRoot) {
    if (signingRoot != null) {
      json.writeStringProperty("signing_root", signingRoot.toHex());
    }
    json.writeEndObject();
  }

  private static void write(Part part) throws IOException {
    try {
      part.write();
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    }
  }

  /** Ends the document. */
  public void end() throws IOException {
    write(
        () -> {
          json.writeEndArray();
          json.writeEndObject();
          json.writeRaw('\n');
          json.close();
        });
  }
}
