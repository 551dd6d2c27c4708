package io.auriga.clients.http;

import java.util.LinkedHashSet;
import java.util.Optional;

/** Which connections were seen already. For any thread. */
final class ConnectionLabels {
  /** Far more than a client holds open to one node. */
  private static final int REMEMBERED = 256;

  private final LinkedHashSet<String> seen = new LinkedHashSet<>();

  /** Whether this is its first exchange; one without a label counts as used before. */
  synchronized boolean isNew(Optional<String> label) {
    if (label.isEmpty() || !seen.add(label.get())) {
      return false;
    }
    if (seen.size() > REMEMBERED) {
      seen.removeFirst();
    }
    return true;
  }
}
