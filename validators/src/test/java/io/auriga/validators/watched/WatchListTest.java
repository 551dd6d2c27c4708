package io.auriga.validators.watched;

import static io.auriga.validators.watched.ChainOfValidators.address;
import static io.auriga.validators.watched.ChainOfValidators.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.AurigaException;
import io.auriga.types.ValidatorIndex;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchListTest {
  static WatchEntry indices(Set<Label> labels, long... indices) {
    return new WatchEntry(
        labels.toString(),
        labels,
        java.util.Arrays.stream(indices).mapToObj(ValidatorIndex::new).collect(Collectors.toSet()),
        Set.of(),
        Set.of());
  }

  static WatchEntry keys(Set<Label> labels, int... keys) {
    return new WatchEntry(
        labels.toString(),
        labels,
        Set.of(),
        IntStream.of(keys).mapToObj(ChainOfValidators::key).collect(Collectors.toSet()),
        Set.of());
  }

  static WatchEntry addresses(Set<Label> labels, int... addresses) {
    return new WatchEntry(
        labels.toString(),
        labels,
        Set.of(),
        Set.of(),
        IntStream.of(addresses).mapToObj(ChainOfValidators::address).collect(Collectors.toSet()));
  }

  static Set<Label> group(String name) {
    return Set.of(Label.ofGroup(name));
  }

  private static String code(List<WatchEntry> entries) {
    try {
      new WatchList(entries);
      return "";
    } catch (AurigaException refused) {
      return refused.code();
    }
  }

  @Test
  void givesWhoeverIsNamedTwiceTheLabelsOfBothParts() {
    WatchList list =
        new WatchList(
            List.of(
                indices(Set.of(Label.parse("operator:acme")), 1, 2),
                indices(group("north"), 2, 3)));
    assertThat(String.valueOf(list.indices().get(new ValidatorIndex(2))))
        .isEqualTo("[group:north, operator:acme]");
    assertThat(list.named()).isEqualTo(3);
  }

  @Test
  void refusesTwoGroupsForOneValidatorKeyOrAddress() {
    assertThat(code(List.of(indices(group("north"), 7), indices(group("south"), 7))))
        .isEqualTo("AUR-WATCH-TWICE");
    assertThat(code(List.of(keys(group("north"), 7), keys(group("south"), 7))))
        .isEqualTo("AUR-WATCH-TWICE");
    assertThatThrownBy(
            () ->
                new WatchList(List.of(addresses(group("north"), 7), addresses(group("south"), 7))))
        .hasMessageContaining(address(7).toHex())
        .hasMessageContaining("north and south");
  }

  @Test
  void refusesMoreLabelsThanMetricsCanBear() {
    List<WatchEntry> many =
        IntStream.rangeClosed(0, WatchList.LABELS_MAX)
            .mapToObj(i -> indices(Set.of(Label.parse("label:x" + i)), i))
            .toList();
    assertThat(code(many.subList(0, WatchList.LABELS_MAX))).isEmpty();
    assertThat(code(many)).isEqualTo("AUR-WATCH-TOO-MANY");
  }

  @Test
  void isEqualToAListOfTheSameNames() {
    assertThat(new WatchList(List.of(keys(group("a"), 1, 2))))
        .isEqualTo(new WatchList(List.of(keys(group("a"), 2), keys(group("a"), 1))))
        .isNotEqualTo(new WatchList(List.of(keys(group("b"), 1, 2))));
    assertThat(key(1)).isNotEqualTo(key(2));
  }
}
