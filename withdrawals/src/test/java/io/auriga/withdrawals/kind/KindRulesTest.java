package io.auriga.withdrawals.kind;

import static io.auriga.withdrawals.KindEvidence.AFTER_SWEEP;
import static io.auriga.withdrawals.KindEvidence.AMBIGUOUS;
import static io.auriga.withdrawals.KindEvidence.BEFORE_REQUESTED;
import static io.auriga.withdrawals.KindEvidence.CONTRADICTION;
import static io.auriga.withdrawals.KindEvidence.CREDENTIALS;
import static io.auriga.withdrawals.KindEvidence.EFFECTIVE_BALANCE;
import static io.auriga.withdrawals.KindEvidence.NOT_WITHDRAWABLE;
import static io.auriga.withdrawals.KindEvidence.NO_REQUEST;
import static io.auriga.withdrawals.KindEvidence.NO_SUCH_VALIDATOR;
import static io.auriga.withdrawals.KindEvidence.OUT_OF_SWEEP_ORDER;
import static io.auriga.withdrawals.KindEvidence.STATE_NOT_SERVED;
import static io.auriga.withdrawals.KindEvidence.WITHDRAWABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.KindEvidence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KindRulesTest {
  private static final long EPOCH = 400_000;
  private static final Gwei FULL_0X02 = Gwei.ofEther(2048);

  private final KindRules rules = new KindRules(ChainSpec.builtIn("mainnet"));
  private final List<Withdrawal> list = new ArrayList<>();
  private final Map<ValidatorIndex, KnownValidator> validators = new HashMap<>();
  private final Set<BlsPublicKey> switched = new HashSet<>();
  private @Nullable Set<BlsPublicKey> requested;
  private OptionalLong cursor = OptionalLong.empty();
  private ForkName fork = ForkName.ELECTRA;
  private boolean served = true;

  private static BlsPublicKey key(long index) {
    return BlsPublicKey.of(ByteBuffer.allocate(BlsPublicKey.LENGTH).putLong(index).array());
  }

  private void pays(long validator, int prefix, long withdrawable, @Nullable Gwei effective) {
    pays(validator);
    validators.put(
        new ValidatorIndex(validator),
        new KnownValidator(
            key(validator),
            WithdrawalCredentials.of(prefix, Address.of(new byte[Address.LENGTH])),
            new Epoch(withdrawable),
            Optional.ofNullable(effective)));
  }

  private void pays(long validator) {
    list.add(
        new Withdrawal(
            new WithdrawalIndex(list.size()),
            new ValidatorIndex(validator),
            Address.of(new byte[Address.LENGTH]),
            new Gwei(1)));
  }

  private void paysActive(long validator, int prefix, @Nullable Gwei effective) {
    pays(validator, prefix, Epoch.FAR_FUTURE.value(), effective);
  }

  private List<KindEvidence> judge() {
    return rules.judge(
        new KindRules.Facts(
            fork, new Epoch(EPOCH), list, validators, served, cursor, switched, requested));
  }

  @Test
  void beforeElectraTheWithdrawableEpochTellsFullFromExcess() {
    fork = ForkName.DENEB;
    pays(1, 1, EPOCH, null);
    pays(2, 1, EPOCH + 1, null);
    paysActive(3, 1, null);
    pays(4, 1, 0, null);
    assertThat(judge())
        .containsExactly(WITHDRAWABLE, NOT_WITHDRAWABLE, NOT_WITHDRAWABLE, WITHDRAWABLE);
  }

  @Test
  void whoeverHasNoCompoundingCredentialsCannotHaveAsked() {
    paysActive(7, 1, null);
    paysActive(8, 1, Gwei.ofEther(32));
    assertThat(judge()).containsExactly(CREDENTIALS, CREDENTIALS);
  }

  @Test
  void aCompoundingValidatorBelowItsHighestBalanceMustHaveAsked() {
    paysActive(9, 2, Gwei.ofEther(2047));
    paysActive(3, 1, null);
    assertThat(judge()).containsExactly(EFFECTIVE_BALANCE, CREDENTIALS);
  }

  @Test
  void whoSwitchesToCompoundingInTheBlockItselfWasPaidBefore() {
    switched.add(key(5));
    paysActive(5, 2, Gwei.ofEther(32));
    assertThat(judge()).containsExactly(CREDENTIALS);
  }

  @Test
  void aFullWithdrawalOfACompoundingValidatorIsFullWhateverItsBalance() {
    pays(5, 2, EPOCH - 1, Gwei.ofEther(90));
    assertThat(judge()).containsExactly(WITHDRAWABLE);
  }

  @Test
  void afterOneOfTheSweepOnlyTheSweepFollows() {
    paysActive(4, 1, null);
    paysActive(6, 2, FULL_0X02);
    paysActive(7, 2, null);
    assertThat(judge()).containsExactly(CREDENTIALS, AFTER_SWEEP, AFTER_SWEEP);
  }

  @Test
  void beforeOneThatWasAskedForAllWereAskedFor() {
    paysActive(3, 2, FULL_0X02);
    paysActive(6, 2, Gwei.ofEther(100));
    paysActive(9, 2, FULL_0X02);
    assertThat(judge()).containsExactly(BEFORE_REQUESTED, EFFECTIVE_BALANCE, AMBIGUOUS);
  }

  @Test
  void theNinthCannotHaveBeenAskedFor() {
    for (int i = 0; i < 9; i++) {
      paysActive(10 + i, 2, FULL_0X02);
    }
    assertThat(judge().subList(0, 8)).containsOnly(AMBIGUOUS);
    assertThat(judge().getLast()).isEqualTo(AFTER_SWEEP);
  }

  @Test
  void whatBreaksTheSweepsOrderWasAskedFor() {
    paysActive(50, 2, FULL_0X02);
    paysActive(50, 2, FULL_0X02);
    paysActive(60, 2, FULL_0X02);
    assertThat(judge()).containsExactly(OUT_OF_SWEEP_ORDER, AMBIGUOUS, AMBIGUOUS);
  }

  @Test
  void theSweepMayPassTheEndOfTheRegistryOnce() {
    paysActive(90, 2, FULL_0X02);
    paysActive(95, 2, FULL_0X02);
    paysActive(2, 2, FULL_0X02);
    assertThat(judge()).containsOnly(AMBIGUOUS);
    paysActive(1, 2, FULL_0X02);
    assertThat(judge())
        .containsExactly(OUT_OF_SWEEP_ORDER, OUT_OF_SWEEP_ORDER, AMBIGUOUS, AMBIGUOUS);
  }

  @Test
  void theSweepDoesNotComeRoundToWhereItBegan() {
    paysActive(90, 2, FULL_0X02);
    paysActive(2, 2, FULL_0X02);
    paysActive(90, 2, FULL_0X02);
    assertThat(judge()).containsExactly(OUT_OF_SWEEP_ORDER, AMBIGUOUS, AMBIGUOUS);
  }

  @Test
  void whatLiesBehindTheCursorWasAskedFor() {
    cursor = OptionalLong.of(100);
    paysActive(40, 2, FULL_0X02);
    paysActive(120, 2, FULL_0X02);
    assertThat(judge()).containsExactly(OUT_OF_SWEEP_ORDER, AMBIGUOUS);
    list.clear();
    paysActive(120, 2, FULL_0X02);
    paysActive(40, 2, FULL_0X02);
    assertThat(judge()).as("past the end of the registry").containsOnly(AMBIGUOUS);
    list.clear();
    paysActive(120, 2, FULL_0X02);
    paysActive(40, 2, FULL_0X02);
    paysActive(110, 2, FULL_0X02);
    assertThat(judge()).containsExactly(OUT_OF_SWEEP_ORDER, OUT_OF_SWEEP_ORDER, AMBIGUOUS);
  }

  @Test
  void withoutAnyRequestOnTheChainNothingWasAskedFor() {
    requested = Set.of(key(6));
    paysActive(6, 2, Gwei.ofEther(64));
    paysActive(8, 2, FULL_0X02);
    assertThat(judge()).containsExactly(EFFECTIVE_BALANCE, NO_REQUEST);
  }

  @Test
  void saysWhatIsLackingInsteadOfGuessing() {
    served = false;
    pays(3);
    assertThat(judge()).containsExactly(STATE_NOT_SERVED);
    served = true;
    assertThat(judge()).containsExactly(NO_SUCH_VALIDATOR);
    list.clear();
    pays(3, 0, EPOCH, null);
    assertThat(judge()).containsExactly(CONTRADICTION);
  }

  @Test
  void aNodeThatContradictsTheOrderProvesNothing() {
    paysActive(3, 1, null);
    paysActive(6, 2, Gwei.ofEther(100));
    assertThat(judge()).containsOnly(CONTRADICTION);
  }

  @Test
  void theOrderAloneProvesARequestWithoutAnyState() {
    served = false;
    pays(9);
    pays(4);
    pays(3);
    assertThat(judge()).containsExactly(OUT_OF_SWEEP_ORDER, STATE_NOT_SERVED, STATE_NOT_SERVED);
  }

  @Test
  void aBuildersIndexIsNoValidatorsToday() {
    long builder = (1L << 40) + 5;
    assertThat(KindRules.isBuilder(new ValidatorIndex(builder))).isTrue();
    assertThat(KindRules.isBuilder(new ValidatorIndex(5))).isFalse();
    pays(builder);
    assertThat(judge()).as("no supported fork has builders").containsExactly(NO_SUCH_VALIDATOR);
    fork = ForkName.GLOAS;
    assertThat(judge()).containsExactly(KindEvidence.BUILDER);
  }
}
