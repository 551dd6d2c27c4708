package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.watched.KnownValidators.Known;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchEntry;
import io.auriga.validators.watched.WatchList;
import io.auriga.withdrawals.statement.Groups;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementGroupsTest {
  private static final Address ADDRESS =
      Address.fromHex("0x00000000219ab540356cbb839cbe05303d7705fa");
  private static final BlsPublicKey KEY = BlsPublicKey.fromHex("0x" + "ab".repeat(48));

  private static WatchEntry entry(Set<Label> labels, Set<BlsPublicKey> keys, long... indices) {
    return new WatchEntry(
        "test",
        labels,
        java.util.Arrays.stream(indices)
            .mapToObj(ValidatorIndex::new)
            .collect(java.util.stream.Collectors.toSet()),
        keys,
        Set.of(ADDRESS));
  }

  @Test
  void takesKeysOnceTheirIndexIsKnownAndLeavesOutWhoIsInNoGroup() {
    Known known = new Known(new ValidatorIndex(9), KEY, WithdrawalCredentials.of(1, ADDRESS));
    WatchList list = new WatchList(List.of(entry(Set.of(Label.ofGroup("north")), Set.of(KEY), 1)));
    assertThat(StatementGroups.of(list, List.of(known)).isEmpty()).isFalse();
    WatchList nobody =
        new WatchList(List.of(entry(Set.of(Label.parse("operator:acme")), Set.of(KEY), 1)));
    assertThat(StatementGroups.of(nobody, List.of(known)).isEmpty()).isTrue();
  }

  @Test
  void aKeyThatIsAlsoNamedByItsIndexIsInTheIndexsGroup() {
    Known known = new Known(new ValidatorIndex(9), KEY, WithdrawalCredentials.of(1, ADDRESS));
    WatchEntry north =
        new WatchEntry(
            "north",
            Set.of(Label.ofGroup("north")),
            Set.of(new ValidatorIndex(9)),
            Set.of(),
            Set.of());
    WatchEntry south =
        new WatchEntry("south", Set.of(Label.ofGroup("south")), Set.of(), Set.of(KEY), Set.of());
    Groups groups = StatementGroups.of(new WatchList(List.of(north, south)), List.of(known));
    assertThat(groups.isEmpty()).isFalse();
  }
}
