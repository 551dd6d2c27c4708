package io.auriga.app.web;

import io.auriga.types.AurigaException;

/** One thing that must hold before Auriga calls itself ready. */
@FunctionalInterface
public interface ReadinessCheck {
  /**
   * Returns where it holds.
   *
   * @throws AurigaException where it does not, saying why
   */
  void require();
}
