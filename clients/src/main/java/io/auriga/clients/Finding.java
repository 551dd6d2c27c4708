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
}
