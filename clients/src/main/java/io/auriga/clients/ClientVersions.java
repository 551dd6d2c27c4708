package io.auriga.clients;

import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of client versions, from {@code client-versions.properties}, a source for each row.
 * Only advice: what a node can do is probed, whatever its version says.
 */
public final class ClientVersions {
  /** Which of the two programs of a pair. */
  public enum Side {
    CONSENSUS,
    EXECUTION
  }

  /** What a row says of its version. */
  public enum Kind {
    /** The first version that can follow mainnet through the fork. */
    MINIMUM,
    /** A version that was seen to work; older ones may, too. */
    SEEN,
    /** No primary source was found. */
    UNKNOWN
  }

  /**
   * @param version empty if unknown
   * @param source where the fact comes from
   */
  public record Row(
      Side side, String client, ForkName fork, Kind kind, String version, String source) {}

  /** Name and version as a node gave them: {@code Geth/v1.11.5-stable/linux-amd64/go1.20.2}. */
  public record Running(String client, String version) {}

  private static final Pattern KEY = Pattern.compile("(consensus|execution)\\.([a-z]+)\\.([a-z]+)");
  private static final Pattern VALUE =
      Pattern.compile("(minimum|seen|unknown)(?: (\\d+(?:\\.\\d+){1,3}))? \\| (\\S.*)");
  private static final Pattern RUNNING =
      Pattern.compile("([A-Za-z][A-Za-z-]{0,30})[/ ]v?(\\d{1,6}(?:\\.\\d{1,6}){1,3}).*");

  /** The longest seen are half as long. */
  private static final int SHOWN_LENGTH = 200;

  private final List<Row> rows;

  ClientVersions(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table that comes with this version of Auriga. */
  public static ClientVersions builtIn() {
    Properties properties = new Properties();
    try (@Nullable InputStream in =
        ClientVersions.class.getResourceAsStream("client-versions.properties")) {
      if (in == null) {
        throw new IllegalStateException("our own resource client-versions.properties is missing");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException("our own resource client-versions.properties", unreadable);
    }
    List<Row> rows = new ArrayList<>();
    properties.forEach((key, value) -> rows.add(row(key.toString(), value.toString())));
    rows.sort(Comparator.comparing(Row::side).thenComparing(Row::client).thenComparing(Row::fork));
    return new ClientVersions(rows);
  }

  private static Row row(String keyText, String valueText) {
    Matcher key = KEY.matcher(keyText);
    Matcher value = VALUE.matcher(valueText);
    if (!key.matches() || !value.matches()) {
      throw new IllegalStateException("client-versions.properties: " + keyText);
    }
    Kind kind = Kind.valueOf(value.group(1).toUpperCase(Locale.ROOT));
    String version = value.group(2) == null ? "" : value.group(2);
    if ((kind == Kind.UNKNOWN) != version.isEmpty()) {
      throw new IllegalStateException("client-versions.properties: version of " + keyText);
    }
    return new Row(
        Side.valueOf(key.group(1).toUpperCase(Locale.ROOT)),
        key.group(2),
        ForkName.find(key.group(3)).orElseThrow(),
        kind,
        version,
        value.group(3));
  }

  /** All rows, for the reference page. */
  public List<Row> rows() {
    return rows;
  }

  /** A version as a node gave it, made fit to be shown: bounded, and without control characters. */
  public static String shown(String versionText) {
    String bounded =
        versionText.length() <= SHOWN_LENGTH
            ? versionText
            : versionText.substring(0, SHOWN_LENGTH) + "…";
    return Hex.printable(bounded);
  }

  /** The client and its version, if the text has the usual form. */
  public static Optional<Running> parse(String versionText) {
    Matcher running = RUNNING.matcher(versionText);
    return running.matches()
        ? Optional.of(new Running(running.group(1).toLowerCase(Locale.ROOT), running.group(2)))
        : Optional.empty();
  }

  /** Advice on a node that must follow {@code fork}. */
  public Finding judge(Side side, String node, String versionText, ForkName fork) {
    String check = "version";
    Optional<Running> parsed = parse(versionText);
    if (parsed.isEmpty()) {
      return Finding.note(
          check, node, "calls itself \"" + versionText + "\", which names no version", "");
    }
    Running running = parsed.get();
    Optional<Row> minimum =
        rows.stream()
            .filter(row -> row.side() == side && row.client().equals(running.client()))
            .filter(row -> row.kind() == Kind.MINIMUM && fork.isAtLeast(row.fork()))
            .max(Comparator.comparing(Row::fork));
    if (minimum.isEmpty()) {
      return Finding.note(
          check,
          node,
          versionText + "; no minimum version of " + running.client() + " is known",
          "");
    }
    Row row = minimum.get();
    if (compare(running.version(), row.version()) < 0) {
      return Finding.warning(
          check,
          node,
          versionText
              + " is older than "
              + row.version()
              + ", the first for "
              + row.fork()
              + " ("
              + row.source()
              + ")",
          "Upgrade " + running.client());
    }
    String scope =
        row.fork() == fork ? "" : "; its minimum for " + fork.lowerName() + " is not known";
    return Finding.ok(
        check,
        node,
        versionText + ", at least " + row.version() + " for " + row.fork().lowerName() + scope);
  }

  static int compare(String version, String other) {
    String[] mine = version.split("\\.", -1);
    String[] its = other.split("\\.", -1);
    for (int i = 0; i < Math.max(mine.length, its.length); i++) {
      int difference =
          Integer.compare(
              i < mine.length ? Integer.parseInt(mine[i]) : 0,
              i < its.length ? Integer.parseInt(its[i]) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
