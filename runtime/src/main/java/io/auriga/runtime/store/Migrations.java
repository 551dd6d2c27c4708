package io.auriga.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schema of one feature as numbered steps, applied in order, forward only and all in one
 * transaction.
 *
 * <p>Rule for the author of a step: the program of the version before must be able to go on with
 * the result, because its readers run on while the new one starts. So a step adds tables, indices
 * and columns that may be null or have a default; what is no longer used is dropped one version
 * later. A program that <em>starts</em> on a store with a step it does not know refuses to touch
 * it.
 */
public final class Migrations {
  private static final String COMMON = "";
  private static final List<String> DIALECTS = List.of("sqlite", "postgresql");

  private final String namespace;
  private final List<Step> steps;
  private final List<LateIndex> late;

  private Migrations(String namespace, List<Step> steps, List<LateIndex> late) {
    this.namespace = namespace;
    this.steps = List.copyOf(steps);
    this.late = List.copyOf(late);
  }

  /**
   * Reads the steps of a feature.
   *
   * <p>Where the databases need different statements for a step, a file such as {@code
   * 004-history.sqlite.sql} or {@code 004-history.postgresql.sql} lies beside, and is run after
   * what both have in common.
   *
   * @param namespace the feature; its tables begin with its name
   * @param anchor the class beside which the files lie
   * @param files such as {@code 001-ledger.sql}, in order, the number without a gap from 1; as for
   *     {@link Class#getResourceAsStream}
   */
  public static Migrations of(String namespace, Class<?> anchor, String... files) {
    List<Step> steps = new ArrayList<>();
    for (String file : files) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      int version = steps.size() + 1;
      if (!name.matches("%03d-[a-z0-9-]+\\.sql".formatted(version))) {
        throw new IllegalArgumentException(
            "Migration %d of %s must be called %03d-….sql: %s"
                .formatted(version, namespace, version, file));
      }
      steps.add(new Step(version, statements(anchor, file)));
    }
    return new Migrations(namespace, steps, List.of());
  }

  /**
   * The same, where SQLite may be without some indices during a large load. They are the ones that
   * the steps make.
   */
  public Migrations withLateIndices(LateIndex... indices) {
    return new Migrations(namespace, steps, List.of(indices));
  }

  /** The indices that a large load may leave out; none where they are made in small parts. */
  List<LateIndex> lateIndices(String dialect) {
    return dialect.equals(SqliteDatabase.DIALECT) ? late : List.of();
  }

  /** The version that this program writes. */
  public int version() {
    return steps.size();
  }

  public String namespace() {
    return namespace;
  }

  /** Brings the store to this version. */
  void apply(Transaction transaction, String dialect, String where) {
    long found = found(transaction);
    refuseNewer(found, where);
    for (Step step : steps) {
      if (step.version() > found) {
        step.statements(COMMON).forEach(statement -> transaction.update(statement));
        step.statements(dialect).forEach(statement -> transaction.update(statement));
      }
    }
    transaction.update(
        "INSERT INTO schema_version (namespace, version) VALUES (?, ?)"
            + " ON CONFLICT (namespace) DO UPDATE SET version = excluded.version",
        namespace,
        (long) version());
  }

  /** Whether there is nothing to do. */
  boolean isCurrent(Read read) {
    return found(read) == version();
  }

  /** Refuses a store of any other version. */
  void require(Read read, String where) {
    long found = found(read);
    refuseNewer(found, where);
    if (found < version()) {
      throw new StoreException(
          StoreError.OLDER_VERSION,
          "read the store at " + where,
          "its %s tables have version %d, and this Auriga needs %d"
              .formatted(namespace, found, version()));
    }
  }

  void refuseNewer(Read read, String where) {
    refuseNewer(found(read), where);
  }

  private void refuseNewer(long found, String where) {
    if (found > version()) {
      throw new StoreException(
          StoreError.NEWER_VERSION,
          "use the store at " + where,
          "its %s tables have version %d, and this Auriga knows versions up to %d"
              .formatted(namespace, found, version()));
    }
  }

  private long found(Read read) {
    return read.first(
            "SELECT version FROM schema_version WHERE namespace = ?",
            row -> row.number("version"),
            namespace)
        .orElse(0L);
  }

  private static Map<String, List<String>> statements(Class<?> anchor, String file) {
    Map<String, List<String>> statements = new HashMap<>();
    String text =
        text(anchor, file)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No migration " + file + " beside " + anchor.getName()));
    statements.put(COMMON, SqlScript.statements(text));
    for (String dialect : DIALECTS) {
      text(anchor, file.replaceAll("\\.sql$", "." + dialect + ".sql"))
          .ifPresent(special -> statements.put(dialect, SqlScript.statements(special)));
    }
    return Map.copyOf(statements);
  }

  private static Optional<String> text(Class<?> anchor, String file) {
    try (InputStream stream = anchor.getResourceAsStream(file)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The statements of a step, by the database they are for. */
  private record Step(int version, Map<String, List<String>> byDialect) {
    List<String> statements(String dialect) {
      return byDialect.getOrDefault(dialect, List.of());
    }
  }
}
