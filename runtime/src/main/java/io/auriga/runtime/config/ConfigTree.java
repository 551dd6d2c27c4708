package io.auriga.runtime.config;

import io.auriga.runtime.config.YamlNode.Mapping;
import io.auriga.runtime.config.YamlNode.Scalar;
import io.auriga.runtime.config.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as one tree. A value on the command line wins over its environment twin, that
 * over the file, that over the default. Components read their keys from their section; {@link
 * #requireAllUsed} then finds what nobody asked for.
 */
public final class ConfigTree {
  private static final String ENVIRONMENT = "AURIGA_";

  private final Source source;
  private final String prefix;
  private final Mapping mapping;

  private ConfigTree(Source source, String prefix, Mapping mapping) {
    this.source = source;
    this.prefix = prefix;
    this.mapping = mapping;
  }

  /**
   * @param file the YAML file; null for none
   * @param environment the process's variables; those that begin with {@code AURIGA_} must all be
   *     twins of keys, so a launcher's own are taken out before
   * @param overrides dotted keys from the command line
   */
  public static ConfigTree load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
    Mapping mapping = file == null ? new Mapping(Map.of(), 1) : YamlFile.read(file);
    String shown = file == null ? "the configuration" : file.toString();
    Map<String, String> ours = new TreeMap<>(environment);
    ours.keySet().removeIf(name -> !name.startsWith(ENVIRONMENT));
    return new ConfigTree(
        new Source(shown, ours, new TreeMap<>(overrides), new TreeMap<>()), "", mapping);
  }

  /** The part below a key; empty if it is not there. */
  public ConfigTree section(String name) {
    YamlNode node = find(name);
    return switch (node) {
      case null -> new ConfigTree(source, prefix + name + ".", new Mapping(Map.of(), 1));
      case Mapping below -> new ConfigTree(source, prefix + name + ".", below);
      case Scalar(String text, int line) when text.isEmpty() ->
          new ConfigTree(source, prefix + name + ".", new Mapping(Map.of(), line));
      default -> throw bad(at(prefix + name, node.line()), "a section with keys is expected");
    };
  }

  /** The parts of a list of sections, which only a file can have. */
  public List<ConfigTree> sections(String name) {
    YamlNode node = find(name);
    return switch (node) {
      case null -> List.of();
      case Scalar(String text, int line) when text.isEmpty() -> List.of();
      case Sequence(List<YamlNode> items, int line) -> {
        List<ConfigTree> sections = new ArrayList<>();
        for (YamlNode item : items) {
          if (!(item instanceof Mapping below)) {
            throw bad(at(prefix + name, item.line()), "a section with keys is expected");
          }
          String path = prefix + name + "[" + sections.size() + "].";
          sections.add(new ConfigTree(source, path, below));
        }
        yield List.copyOf(sections);
      }
      default -> throw bad(at(prefix + name, node.line()), "a list of sections is expected");
    };
  }

  /**
   * The value of a key or its default.
   *
   * @throws ConfigException {@code AUR-CONFIG-MISSING} without either, {@code AUR-CONFIG-BAD-VALUE}
   *     if it has another form
   */
  public <T> T value(Key<T> key) {
    return find(key)
        .orElseThrow(
            () ->
                new ConfigException(
                    ConfigError.MISSING,
                    "use " + source.shown,
                    "%s (%s) is not given".formatted(prefix + key.name(), environment(key))));
  }

  /** The value of a key or its default, if there is either. */
  public <T> Optional<T> find(Key<T> key) {
    String path = prefix + key.name();
    source.known.put(
        path, new KnownKey(path, environment(key), key.form(), key.fallback(), key.description()));
    String given = source.overrides.get(path);
    if (given != null) {
      return Optional.of(parse(key, items(key, given), "the command line's " + path));
    }
    String variable = source.environment.get(environment(key));
    if (variable != null) {
      return Optional.of(parse(key, items(key, variable), environment(key)));
    }
    YamlNode node = find(key.name());
    if (node != null && !(node instanceof Scalar(String text, int _) && text.isEmpty())) {
      String where = at(path, node.line());
      return Optional.of(parse(key, items(key, node, where), where));
    }
    String fallback = key.fallback();
    return fallback == null
        ? Optional.empty()
        : Optional.of(parse(key, items(key, fallback), "the default of " + path));
  }

  /** The keys that have been asked for so far, by path, for the reference page and its test. */
  public List<KnownKey> known() {
    return List.copyOf(source.known.values());
  }

  /**
   * To be called when every component has read its keys.
   *
   * @throws ConfigException {@code AUR-CONFIG-UNKNOWN-KEY} for the first key that none asked for
   */
  public void requireAllUsed() {
    requireUsed(prefix, mapping);
    for (String path : source.overrides.keySet()) {
      if (!source.known.containsKey(path)) {
        throw unknown("the command line", path, source.known.keySet());
      }
    }
    List<String> twins = source.known.values().stream().map(KnownKey::environment).toList();
    for (String name : source.environment.keySet()) {
      if (!twins.contains(name)) {
        throw unknown("the environment", name, twins);
      }
    }
  }

  private void requireUsed(String path, YamlNode node) {
    switch (node) {
      case Mapping(Map<String, YamlNode> entries, int line) ->
          entries.forEach(
              (key, value) -> {
                String below = path + key;
                if (!source.known.containsKey(below)) {
                  requireUsedBelow(below, value);
                }
              });
      case Sequence(List<YamlNode> items, int line) -> {
        for (int i = 0; i < items.size(); i++) {
          requireUsedBelow(path + "[" + i + "]", items.get(i));
        }
      }
      case Scalar scalar -> throw unknown(source.shown + ":" + scalar.line(), path, names());
    }
  }

  private void requireUsedBelow(String path, YamlNode value) {
    boolean section =
        source.known.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
    boolean list = source.known.keySet().stream().anyMatch(known -> known.startsWith(path + "["));
    switch (value) {
      case Mapping below when section -> requireUsed(path + ".", below);
      case Sequence below when list -> requireUsed(path, below);
      case Scalar(String text, int line) when text.isEmpty() && (section || list) -> {}
      default -> throw unknown(source.shown + ":" + value.line(), path, names());
    }
  }

  private List<String> names() {
    return List.copyOf(source.known.keySet());
  }

  private static ConfigException unknown(String where, String path, Iterable<String> known) {
    String hint =
        Spelling.nearest(path, known).map(near -> "; did you mean " + near + "?").orElse("");
    return new ConfigException(
        ConfigError.UNKNOWN_KEY, "use " + where, "unknown key " + path + hint);
  }

  private @Nullable YamlNode find(String name) {
    YamlNode node = mapping;
    for (String part : name.split("\\.", -1)) {
      node =
          node instanceof Mapping(Map<String, YamlNode> entries, int _) ? entries.get(part) : null;
    }
    return node;
  }

  private static <T> List<String> items(Key<T> key, String text) {
    if (!key.list()) {
      return List.of(text);
    }
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private <T> List<String> items(Key<T> key, YamlNode node, String where) {
    return switch (node) {
      case Scalar(String text, int line) -> items(key, text);
      case Sequence(List<YamlNode> items, int line) when key.list() ->
          items.stream()
              .map(
                  item -> {
                    if (item instanceof Scalar(String text, int _)) {
                      return text;
                    }
                    throw bad(where, "a list of plain values is expected");
                  })
              .toList();
      default -> throw bad(where, key.form() + " is expected");
    };
  }

  private static <T> T parse(Key<T> key, List<String> items, String where) {
    try {
      return key.parser().apply(items);
    } catch (NumberFormatException malformed) {
      throw bad(where, "\"%s\" is not a %s".formatted(shown(items), key.form()));
    } catch (IllegalArgumentException refused) {
      throw bad(
          where,
          "\"%s\" is not a valid %s: %s".formatted(shown(items), key.form(), refused.getMessage()));
    }
  }

  /** Values are shown, as none is a secret; but a password in an address by mistake is not. */
  private static String shown(List<String> items) {
    return String.join(", ", items).replaceAll("//[^/@]*@", "//…@");
  }

  private String environment(Key<?> key) {
    return ENVIRONMENT
        + (prefix + key.name()).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private String at(String path, int line) {
    return source.shown + ":" + line + ", " + path;
  }

  private static ConfigException bad(String where, String problem) {
    return new ConfigException(ConfigError.BAD_VALUE, "use " + where, problem);
  }

  /** What all sections of one configuration share. */
  private record Source(
      String shown,
      Map<String, String> environment,
      Map<String, String> overrides,
      Map<String, KnownKey> known) {}
}
