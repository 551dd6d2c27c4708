package io.auriga.validators.watched;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import java.util.Set;

/**
 * One part of the list: some validators, and the labels that all of them get.
 *
 * @param where it stands, for messages: {@code group north}
 * @param labels the group's among them, if the part is a group
 * @param addresses stand for all validators that pay to them
 */
public record WatchEntry(
    String where,
    Set<Label> labels,
    Set<ValidatorIndex> indices,
    Set<BlsPublicKey> keys,
    Set<Address> addresses) {
  public WatchEntry {
    labels = Set.copyOf(labels);
    indices = Set.copyOf(indices);
    keys = Set.copyOf(keys);
    addresses = Set.copyOf(addresses);
  }
}
