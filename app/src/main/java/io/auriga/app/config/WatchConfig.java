package io.auriga.app.config;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.Label;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where those who are watched are named; the files are not read yet.
 *
 * @param reload how often it is looked whether anything of it has changed
 */
public record WatchConfig(List<Section> sections, Duration reload) {
  public WatchConfig {
    sections = List.copyOf(sections);
  }

  /**
   * One part: a group, or those who are in none.
   *
   * @param where for messages: {@code group north}
   * @param files with keys, and folders of such
   */
  record Section(
      String where,
      Set<Label> labels,
      Set<ValidatorIndex> indices,
      Set<BlsPublicKey> keys,
      Set<Address> addresses,
      List<Path> files) {}
}
