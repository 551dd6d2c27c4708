package io.auriga.runtime.config;

import io.auriga.runtime.config.YamlNode.Mapping;
import io.auriga.runtime.config.YamlNode.Scalar;
import io.auriga.runtime.config.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML file that a person wrote: one document of bounded size and depth, without aliases
 * (which let a few lines stand for gigabytes) and without double keys. Nothing is interpreted:
 * {@code 0x10} and {@code no} are the texts that stand there.
 */
public final class YamlFile {
  private static final int BYTES_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;

  private final String shown;
  private final Iterator<Event> events;

  private YamlFile(String shown, Iterator<Event> events) {
    this.shown = shown;
    this.events = events;
  }

  /**
   * The keys at the top that have a single value, such as a network's {@code config.yaml} has.
   * Lists and sections are left out.
   *
   * @throws ConfigException if the file cannot be read
   */
  public static Map<String, String> scalars(Path file) {
    Map<String, String> scalars = new LinkedHashMap<>();
    read(file)
        .entries()
        .forEach(
            (key, node) -> {
              if (node instanceof Scalar scalar) {
                scalars.put(key, scalar.text());
              }
            });
    return scalars;
  }

  static Mapping read(Path file) {
    byte[] content;
    try (InputStream stream = Files.newInputStream(file)) {
      content = stream.readNBytes(BYTES_MAX + 1);
    } catch (IOException unreadable) {
      throw new ConfigException(
          ConfigError.UNREADABLE,
          "read " + file,
          Files.exists(file) ? unreadable.getClass().getSimpleName() : "there is no such file",
          unreadable);
    }
    if (content.length > BYTES_MAX) {
      throw bad(file.toString(), "it is larger than " + BYTES_MAX + " bytes");
    }
    try {
      return parse(
          file.toString(),
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException binary) {
      throw bad(file.toString(), "it is not UTF-8 text");
    }
  }

  static Mapping parse(String shown, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(shown).setCodePointLimit(BYTES_MAX).build();
    try {
      return new YamlFile(shown, new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException malformed) {
      String place = malformed.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      throw bad(shown + place, String.valueOf(malformed.getProblem()));
    } catch (YamlEngineException malformed) {
      throw bad(shown, String.valueOf(malformed.getMessage()));
    }
  }

  private Mapping document() {
    Mapping mapping = new Mapping(Map.of(), 1);
    boolean found = false;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event) {
        case StreamStartEvent _, StreamEndEvent _, DocumentStartEvent _, DocumentEndEvent _ -> {}
        default -> {
          if (found) {
            throw bad(at(event), "a second document begins here");
          }
          found = true;
          mapping = top(node(event, 0));
        }
      }
    }
    return mapping;
  }

  private Mapping top(YamlNode node) {
    return switch (node) {
      case Mapping mapping -> mapping;
      case Scalar(String text, int line) when text.isEmpty() -> new Mapping(Map.of(), line);
      case Scalar scalar -> throw bad(shown + ":" + scalar.line(), "keys and values are expected");
      case Sequence list -> throw bad(shown + ":" + list.line(), "keys and values are expected");
    };
  }

  private YamlNode node(Event event, int depth) {
    if (depth > DEPTH_MAX) {
      throw bad(at(event), "it is nested more than " + DEPTH_MAX + " deep");
    }
    return switch (event) {
      case ScalarEvent scalar -> new Scalar(text(scalar), line(event));
      case SequenceStartEvent _ -> sequence(event, depth);
      case MappingStartEvent _ -> mapping(event, depth);
      case AliasEvent _ -> throw bad(at(event), "aliases (*name) are not taken");
      default -> throw bad(at(event), "unexpected " + event.getEventId());
    };
  }

  private Sequence sequence(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Sequence(List.copyOf(items), line(start));
  }

  private Mapping mapping(Event start, int depth) {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      if (!(next instanceof ScalarEvent key)) {
        throw bad(at(next), "a key must be a plain text");
      }
      YamlNode value = node(events.next(), depth + 1);
      if (entries.put(key.getValue(), value) != null) {
        throw bad(at(next), "key \"" + key.getValue() + "\" is there twice");
      }
    }
    return new Mapping(entries, line(start));
  }

  private static String text(ScalarEvent scalar) {
    String value = scalar.getValue();
    boolean nothing = scalar.isPlain() && (value.equals("~") || value.equals("null"));
    return nothing ? "" : value;
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private String at(Event event) {
    return shown + ":" + line(event);
  }

  private static ConfigException bad(String where, String problem) {
    return new ConfigException(ConfigError.UNREADABLE, "read " + where, problem);
  }
}
