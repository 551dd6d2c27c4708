package io.auriga.validators.exporter;

import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.watched.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The validators of a scope, as accounting takes them. */
final class Scopes {
  private Scopes() {}

  static DutyTotals attestations(EpochDuties duties, Watched watched, String scope) {
    return scope.equals(Watched.NETWORK) ? duties.network() : duties.of(validators(watched, scope));
  }

  static int[] validators(Watched watched, String scope) {
    long @Nullable [] indices = watched.scopes().get(scope);
    return indices == null
        ? new int[0]
        : Arrays.stream(indices)
            .filter(index -> index >= 0 && index <= Integer.MAX_VALUE)
            .mapToInt(index -> (int) index)
            .toArray();
  }
}
