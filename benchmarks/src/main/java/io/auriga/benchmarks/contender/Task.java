package io.auriga.benchmarks.contender;

/**
 * Work that is timed.
 *
 * @param <T> what it makes
 * @param name the same for all contenders
 * @param work the whole of what is timed
 * @param inWords the result in the words that all contenders use, so that it can be compared; not
 *     timed
 */
public record Task<T>(String name, Work<T> work, Answer<T> inWords) {
  /** What is timed. */
  public interface Work<T> {
    T run() throws Exception;
  }

  /** The result in words. */
  public interface Answer<T> {
    String of(T result);
  }

  String answer() throws Exception {
    return inWords.of(work.run());
  }
}
