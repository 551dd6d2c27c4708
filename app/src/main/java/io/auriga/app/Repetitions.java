package io.auriga.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which messages were told already: one that comes again and again is told the first, second,
 * fourth, eighth … time. Remembers so many of the last ones. For any thread.
 */
final class Repetitions {
  static final int REMEMBERED = 256;

  private static final float LOAD = 0.75f;

  private final Map<String, Long> counts =
      new LinkedHashMap<>(REMEMBERED, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** How often this message has come, if it is to be told now. */
  synchronized OptionalLong count(String message) {
    long count = counts.merge(message, 1L, Long::sum);
    return Long.bitCount(count) == 1 ? OptionalLong.of(count) : OptionalLong.empty();
  }

  /** What comes next is news again. */
  synchronized void forget() {
    counts.clear();
  }
}
