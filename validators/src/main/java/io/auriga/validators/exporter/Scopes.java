package io.auriga.validators.exporter;

import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.watched.Watched;

/** The validators of a scope, as accounting takes them. */
final class Scopes {
  private Scopes() {}

  static DutyTotals attestations(EpochDuties duties, Watched watched, String scope) {
    return scope.equals(Watched.NETWORK) ? duties.network() : duties.of(watched.indicesOf(scope));
  }
}
