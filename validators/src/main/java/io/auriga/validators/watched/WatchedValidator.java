package io.auriga.validators.watched;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A validator of the chain that is watched.
 *
 * @param labels shared among many; the group's among them, if it is in one
 */
public record WatchedValidator(
    ValidatorIndex index,
    BlsPublicKey key,
    WithdrawalCredentials credentials,
    SortedSet<Label> labels) {
  /** The name of its group. */
  public Optional<String> group() {
    return labels.stream().filter(Label::isGroup).map(Label::value).findFirst();
  }
}
