package io.auriga.runtime.config;

import java.util.List;
import java.util.Map;

/**
 * A piece of a YAML file, its scalars as the text that stands there, with the line it begins on.
 */
sealed interface YamlNode {
  int line();

  /** {@code text} is empty where nothing, {@code ~} or {@code null} stands unquoted. */
  record Scalar(String text, int line) implements YamlNode {}

  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  /** Entries in the order of the file. */
  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {}
}
