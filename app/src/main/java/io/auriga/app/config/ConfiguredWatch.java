package io.auriga.app.config;

import io.auriga.types.BlsPublicKey;
import io.auriga.validators.watched.WatchEntry;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.WatchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of those who are watched, from the configuration and the files that it names; read anew
 * as often as one likes, while everything else of the configuration stays as it was at start.
 */
public final class ConfiguredWatch implements WatchSource {
  private final @Nullable Path file;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;
  private volatile WatchConfig current;

  ConfiguredWatch(
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> overrides,
      WatchConfig current) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.overrides = Map.copyOf(overrides);
    this.current = current;
  }

  /** Where they are named, as last read. */
  public WatchConfig config() {
    return current;
  }

  @Override
  public WatchList read() {
    @Nullable Path again = file;
    WatchConfig config =
        again == null ? current : AurigaConfig.load(again, environment, overrides).watch().config();
    // Even if a file of it is wrong: the next look must be at these files.
    current = config;
    List<WatchEntry> entries = new ArrayList<>();
    for (WatchConfig.Section section : config.sections()) {
      Set<BlsPublicKey> keys = new HashSet<>(section.keys());
      section.files().forEach(named -> keys.addAll(KeyFiles.read(named)));
      entries.add(
          new WatchEntry(
              section.where(), section.labels(), section.indices(), keys, section.addresses()));
    }
    return new WatchList(entries);
  }

  @Override
  public String fingerprint() {
    long print = 17;
    if (file != null) {
      print = stamp(print, file);
    }
    for (WatchConfig.Section section : current.sections()) {
      for (Path named : section.files()) {
        print = stamp(print, named);
      }
    }
    return Long.toHexString(print);
  }

  /** Sizes and times, not contents: ten thousand keystores are looked at every few seconds. */
  private static long stamp(long print, Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return one(print, path);
      }
      long all = print;
      for (Path inner : KeyFiles.files(path)) {
        all = one(all, inner);
      }
      return all;
    } catch (IOException | java.io.UncheckedIOException missing) {
      return 31 * print + path.hashCode();
    }
  }

  private static long one(long print, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    long stamp = 31 * print + file.hashCode();
    stamp = 31 * stamp + attributes.size();
    stamp = 31 * stamp + attributes.lastModifiedTime().hashCode();
    return 31 * stamp + String.valueOf(attributes.fileKey()).hashCode();
  }
}
