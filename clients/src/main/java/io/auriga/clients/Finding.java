package io.auriga.clients;

/**
 * What one check of a node found.
 *
 * @param check what was checked, a few stable words: {@code "same network"}
 * @param node the node's name, or both where two were compared
 * @param detail what was seen
 * @param remedy what to do; empty where there is nothing to do
 */
public record Finding(Severity severity, String check, String node, String detail, String remedy) {
  /** How much a finding matters; the last blocks the use of the nodes. */
  public enum Severity {
    OK,
    NOTE,
    WARNING,
    BLOCKER
  }

  public static Finding ok(String check, String node, String detail) {
    return new Finding(Severity.OK, check, node, detail, "");
  }

  public static Finding note(String check, String node, String detail, String remedy) {
    return new Finding(Severity.NOTE, check, node, detail, remedy);
  }

  public static Finding warning(String check, String node, String detail, String remedy) {
    return new Finding(Severity.WARNING, check, node, detail, remedy);
  }

  public static Finding blocker(String check, String node, String detail, String remedy) {
    return new Finding(Severity.BLOCKER, check, node, detail, remedy);
  }

  /** A check that ended in a failure instead of an answer. */
  public static Finding of(Severity severity, String check, NodeException failure) {
    return new Finding(
        severity,
        check,
        failure.endpoint(),
        failure.code() + ": " + failure.getMessage(),
        failure.remedy());
  }

  public boolean blocks() {
    return severity == Severity.BLOCKER;
  }
}
