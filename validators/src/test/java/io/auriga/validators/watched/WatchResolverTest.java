package io.auriga.validators.watched;

import static io.auriga.validators.watched.ChainOfValidators.address;
import static io.auriga.validators.watched.ChainOfValidators.key;
import static io.auriga.validators.watched.ChainOfValidators.validator;
import static io.auriga.validators.watched.WatchListTest.addresses;
import static io.auriga.validators.watched.WatchListTest.group;
import static io.auriga.validators.watched.WatchListTest.indices;
import static io.auriga.validators.watched.WatchListTest.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.clients.NodeException;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreFixture.Database.class)
class WatchResolverTest extends StoreFixture {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private final ChainOfValidators chain = new ChainOfValidators(100);

  WatchResolverTest(Database database) {
    super(database, StoredValidators.MIGRATIONS);
  }

  private WatchResolver resolver() {
    return new WatchResolver(new StoredValidators(store));
  }

  private Watched resolve(WatchList list, Instant now) {
    return resolver().resolve(list, chain, now, _ -> {});
  }

  private static WatchList list(WatchEntry... entries) {
    return new WatchList(List.of(entries));
  }

  @Test
  void findsIndicesKeysAndAllValidatorsOfAnAddress() {
    Watched watched =
        resolve(
            list(
                indices(group("north"), 1),
                keys(Set.of(Label.parse("operator:acme")), 2),
                addresses(group("south"), 4)),
            NOW);
    assertThat(watched.scopes().get("group:north")).containsExactly(1);
    assertThat(watched.scopes().get("operator:acme")).containsExactly(2);
    assertThat(watched.scopes().get("group:south"))
        .containsExactly(40, 41, 42, 43, 44, 45, 46, 47, 48, 49);
    assertThat(watched.scopes().get(Watched.ALL)).hasSize(12);
    assertThat(watched.pending().count()).isZero();
  }

  @Test
  void whoeverIsNamedIsInThatGroupAndNotInTheOneOfTheAddress() {
    Watched watched = resolve(list(indices(group("north"), 41), addresses(group("south"), 4)), NOW);
    assertThat(watched.find(new ValidatorIndex(41)).orElseThrow().group()).hasValue("north");
    assertThat(watched.scopes().get("group:south")).hasSize(9);
    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void waitsForAKeyThatTheChainDoesNotKnowYet() {
    WatchList list = list(keys(group("north"), 99, 100), addresses(group("south"), 10));
    Watched before = resolve(list, NOW);
    assertThat(before.pending().keys()).containsExactly(key(100));
    assertThat(before.pending().addresses()).containsExactly(address(10));
    chain.grow(2);
    Watched after = resolve(list, NOW.plusSeconds(300));
    assertThat(after.pending().count()).isZero();
    assertThat(after.scopes().get("group:north")).containsExactly(99, 100);
    assertThat(after.scopes().get("group:south")).containsExactly(101);
  }

  @Test
  void namesAValidatorThatIsInTwoGroupsByIndexAndByKey() {
    Watched watched = resolve(list(indices(group("north"), 7), keys(group("south"), 7)), NOW);
    assertThat(watched.find(new ValidatorIndex(7)).orElseThrow().group()).hasValue("north");
    assertThat(watched.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.error()).isEqualTo(WatchError.TWICE);
              assertThat(finding.problem()).contains("north", "south", "validator 7");
            });
  }

  @Test
  void doesNotBelieveANodeThatGivesAnIndexOrAKeyToAnother() {
    WatchList list = list(indices(Set.of(), 7, 8), keys(Set.of(), 9));
    resolve(list, NOW);
    reopen();
    chain.validators.set(7, validator(7, key(1_007), address(0)));
    chain.validators.set(9, validator(9, key(2_009), address(0)));
    chain.validators.set(50, validator(50, key(9), address(0)));
    Watched watched = resolve(list, NOW.plusSeconds(1));
    assertThat(watched.find(new ValidatorIndex(7)).orElseThrow().key()).isEqualTo(key(7));
    assertThat(watched.find(new ValidatorIndex(9)).orElseThrow().key()).isEqualTo(key(9));
    assertThat(watched.find(new ValidatorIndex(50))).isEmpty();
    assertThat(watched.findings())
        .extracting(Watched.Finding::error)
        .containsExactly(WatchError.INDEX_REUSED, WatchError.INDEX_REUSED);
  }

  @Test
  void knowsAfterARestartWithoutANodeWhatItKnewBefore() {
    WatchList list = list(keys(group("north"), 5), addresses(group("south"), 3));
    Watched before = resolve(list, NOW);
    reopen();
    Watched after = resolver().restore(list);
    assertThat(after.validators()).isEqualTo(before.validators());
    assertThat(after.pending().count()).isZero();
  }

  @Test
  void asksInBoundedBatchesAndSearchesOnlyWhatIsNewUntilADayHasPassed() {
    chain.grow(10_000 - 100);
    WatchList list =
        list(keys(Set.of(), IntStream.range(0, 9_000).toArray()), addresses(group("south"), 900));
    assertThat(resolve(list, NOW).validators()).hasSize(9_010 - 10 + 0 + 10);
    assertThat(chain.questions).hasSize(3 + 3).allMatch(asked -> asked <= WatchResolver.BATCH);
    chain.questions.clear();
    resolve(list, NOW.plus(Duration.ofHours(1)));
    assertThat(chain.questions).hasSize(3 + 1);
    chain.questions.clear();
    resolve(list, NOW.plus(Duration.ofHours(25)));
    assertThat(chain.questions).hasSize(3 + 3);
  }

  @Test
  void keepsWhatItLearnedBeforeTheNodeFailed() {
    WatchList list = list(indices(Set.of(), 1, 2));
    resolve(list, NOW);
    chain.down = true;
    assertThatThrownBy(() -> resolve(list, NOW)).isInstanceOf(NodeException.class);
    assertThat(resolver().restore(list).validators()).hasSize(2);
  }
}
