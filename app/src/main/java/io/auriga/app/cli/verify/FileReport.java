package io.auriga.app.cli.verify;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What was found out about one file. A part that the file cannot have, or that could not be read,
 * is null.
 *
 * @param file as the user named it
 * @param fork for an execution block the name of the execution layer's fork
 * @param withdrawals how many
 * @param blockRoot of a beacon block
 * @param reason a sentence for a person; null if there is nothing to add to "verified"
 */
public record FileReport(
    String file,
    @Nullable BlockKind kind,
    @Nullable String fork,
    @Nullable Integer withdrawals,
    @Nullable Check withdrawalsRoot,
    @Nullable Check blockHash,
    @Nullable String blockRoot,
    Verdict verdict,
    @Nullable String reason) {
  private static final JsonFactory JSON = new JsonFactory();

  static FileReport unreadable(String file, @Nullable BlockKind kind, String reason) {
    return unreadable(file, kind, null, reason);
  }

  static FileReport unreadable(
      String file, @Nullable BlockKind kind, @Nullable String fork, String reason) {
    return new FileReport(file, kind, fork, null, null, null, null, Verdict.UNREADABLE, reason);
  }

  /** One line of JSON; the order of the keys is part of the interface. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      write(json, "file", file);
      write(json, "kind", kind == null ? null : kind.text());
      write(json, "fork", fork);
      json.writeName("withdrawals");
      if (withdrawals == null) {
        json.writeNull();
      } else {
        json.writeNumber(withdrawals);
      }
      write(json, "withdrawalsRoot", withdrawalsRoot);
      write(json, "blockHash", blockHash);
      json.writeName("blockRoot");
      if (blockRoot == null) {
        json.writeNull();
      } else {
        json.writeStartObject();
        write(json, "computed", blockRoot);
        json.writeEndObject();
      }
      write(json, "verdict", verdict.text());
      write(json, "reason", reason);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, @Nullable Check check) {
    json.writeName(name);
    if (check == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    write(json, "claimed", check.claimed());
    write(json, "computed", check.computed());
    json.writeName("ok");
    Boolean ok = check.ok();
    if (ok == null) {
      json.writeNull();
    } else {
      json.writeBoolean(ok);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }
}
