package io.auriga.chain.era;

import java.nio.file.Path;
import java.util.List;

/**
 * An era file that was opened: its records, its indices and its state's chain are checked, its
 * blocks are not yet. Read by any number of threads; nothing of it is kept in memory but where its
 * blocks lie and the roots that prove them (half a megabyte an era on mainnet).
 *
 * <p>The format is e2store's "era": groups of one era each, mostly one to a file, of version,
 * blocks, state, records of other types, index of blocks, index of the state.
 */
public final class EraFile implements AutoCloseable {
  private final EraSource source;
  private final List<EraGroup> groups;

  private EraFile(EraSource source, List<EraGroup> groups) {
    this.source = source;
    this.groups = groups;
  }

  /**
   * @throws EraException if it is no era file, is not whole, or belongs to another chain
   */
  public static EraFile open(Path path, EraChain chain) {
    EraSource source = EraSource.open(path);
    try {
      return new EraFile(source, new EraLayout(source, chain).groups());
    } catch (RuntimeException unusable) {
      source.close();
      throw unusable;
    }
  }

  public Path path() {
    return source.path();
  }

  /** The length of the file in bytes. */
  public long size() {
    return source.size();
  }

  /** In the file's order; at least one. */
  public List<EraGroup> groups() {
    return groups;
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public String toString() {
    return "EraFile[" + path() + "]";
  }
}
