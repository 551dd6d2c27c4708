package io.auriga.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting that a component reads: its name, what it is for, its form and its default. Declared
 * once as a constant; the reference page is written from it.
 *
 * @param name dotted and in kebab case, below the section it is read from: {@code flush-age}
 * @param description one sentence for the reference page
 * @param form what a value looks like, for the page and for messages
 * @param fallback the default as one would write it; null where the key must be given or may be
 *     left out
 * @param parser throws {@link IllegalArgumentException} for what it does not take
 */
public record Key<T>(
    String name,
    String description,
    String form,
    @Nullable String fallback,
    boolean list,
    Function<List<String>, T> parser) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,12}) ?(B|KB|MB|GB)");

  /** Ten years: beyond any use, and far from where nanoseconds overflow. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  public Key {
    Objects.requireNonNull(description);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("A key is dotted and in kebab case: " + name);
    }
  }

  public static Key<String> text(String name, String description) {
    return one(name, description, "text", text -> text);
  }

  /** A whole number within bounds. */
  public static Key<Integer> integer(String name, String description, int min, int max) {
    String form = "whole number from " + min + " to " + max;
    return one(
        name,
        description,
        form,
        text -> {
          int value = Integer.parseInt(text);
          if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  /** {@code true} or {@code false}. */
  public static Key<Boolean> flag(String name, String description) {
    return one(
        name,
        description,
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  /** A length of time with its unit: {@code 250ms}, {@code 12s}, {@code 5m}, {@code 2h}. */
  public static Key<Duration> duration(String name, String description) {
    return one(name, description, "time such as 250ms, 12s, 5m or 2h", Key::parseDuration);
  }

  /** The same, but not shorter than {@code min}. */
  public static Key<Duration> duration(String name, String description, Duration min) {
    return one(
        name,
        description,
        "time such as 250ms, 12s, 5m or 2h",
        text -> {
          Duration value = parseDuration(text);
          if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException("shorter than " + min.toMillis() + "ms");
          }
          return value;
        });
  }

  /** A number of bytes with its unit, by powers of 1024: {@code 64MB}. */
  public static Key<Long> bytes(String name, String description) {
    return one(name, description, "size such as 512B, 64KB, 10MB or 1GB", Key::parseBytes);
  }

  /** An absolute address; one that carries a password is refused. */
  public static Key<URI> uri(String name, String description) {
    return one(name, description, "address such as http://localhost:5052", Key::parseUri);
  }

  public static Key<Path> path(String name, String description) {
    return one(name, description, "path", Key::parsePath);
  }

  /** The path of a file that holds a secret; the value is the secret. */
  public static Key<SecretFile> secret(String name, String description) {
    return one(
        name,
        description,
        "path of a file with the secret",
        text -> SecretFile.read(parsePath(text)));
  }

  /** One of an enum's constants, in lower case. */
  public static <E extends Enum<E>> Key<E> choice(
      String name, String description, List<E> constants) {
    List<String> names =
        constants.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    return one(
        name,
        description,
        String.join(" or ", names),
        text -> {
          int index = names.indexOf(text);
          if (index < 0) {
            throw new IllegalArgumentException("none of " + names);
          }
          return constants.get(index);
        });
  }

  /** Several texts: a list in the file, separated by commas elsewhere. */
  public static Key<List<String>> texts(String name, String description) {
    return new Key<>(name, description, "list of texts", null, true, List::copyOf);
  }

  /** Several addresses. */
  public static Key<List<URI>> uris(String name, String description) {
    return new Key<>(
        name,
        description,
        "list of addresses such as http://localhost:5052",
        null,
        true,
        items -> items.stream().map(Key::parseUri).toList());
  }

  /** Several values of another form: a list in the file, separated by commas elsewhere. */
  public static <T> Key<List<T>> many(
      String name, String description, String form, Function<String, T> parser) {
    return new Key<>(
        name,
        description,
        form,
        null,
        true,
        items -> items.stream().filter(item -> !item.isEmpty()).map(parser).toList());
  }

  /** A key of another form. */
  public static <T> Key<T> one(
      String name, String description, String form, Function<String, T> parser) {
    return new Key<>(name, description, form, null, false, items -> parser.apply(items.getFirst()));
  }

  /** The same key with a default, given as one would write it; empty for an empty list. */
  public Key<T> orElse(String value) {
    return new Key<>(name, description, form, value, list, parser);
  }

  /**
   * A length of time as a value of the configuration has it, such as {@code 12s}; for options of
   * commands too.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration value =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("longer than " + LONGEST.toDays() + "d");
    }
    return value;
  }

  private static Long parseBytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    long count = Long.parseLong(matcher.group(1));
    int shift =
        switch (matcher.group(2)) {
          case "B" -> 0;
          case "KB" -> 10;
          case "MB" -> 20;
          default -> 30;
        };
    if (count > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("too large");
    }
    return count << shift;
  }

  /** Only a shell knows whose home it is; here it would become a folder of that name. */
  private static Path parsePath(String text) {
    if (text.equals("~") || text.startsWith("~/")) {
      throw new IllegalArgumentException("~ is not understood here; give the whole path");
    }
    return Path.of(text);
  }

  private static URI parseUri(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute() || uri.getHost() == null) {
      throw new IllegalArgumentException("not an absolute address");
    }
    if (uri.getRawUserInfo() != null && uri.getRawUserInfo().contains(":")) {
      throw new IllegalArgumentException("a password in an address; give it as a file");
    }
    return uri;
  }
}
