package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.address;
import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static io.auriga.withdrawals.TestBlocks.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.types.ValidatorIndex;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums of what was paid, which only canonical blocks count for. */
@ParameterizedClass
@EnumSource
class PaidQueriesTest extends LedgerFixture {
  PaidQueriesTest(Database database) {
    super(database);
  }

  private PaidQueries paid() {
    return new PaidQueries(store);
  }

  @Test
  void sumsWhatAValidatorWasPaidAndNotWhatAReorgUndid() {
    List<ChainBlock> blocks = chain(1, 3, 0, 7);
    commit(blocks);
    reorg(blocks.subList(2, 3), branch(blocks.get(1), 1, 14, 3, 1));
    PaidSummary zero = paid().validator(new ValidatorIndex(0));
    assertThat(zero.payments()).isEqualTo(3);
    assertThat(zero.totalGwei()).isEqualTo(BigInteger.valueOf(1_000 + 1_007 + 1_014));
    assertThat(zero.validators()).isEqualTo(1);
    assertThat(zero.first()).hasValue(startOf(1));
    assertThat(zero.last()).hasValue(startOf(3));
    assertThat(paid().validator(new ValidatorIndex(5)).payments()).isEqualTo(2);
  }

  @Test
  void knowsOfNothingForAStranger() {
    commit(chain(1, 2, 0, 4));
    assertThat(paid().validator(new ValidatorIndex(99)))
        .isEqualTo(new PaidSummary(0, BigInteger.ZERO, 0, Optional.empty(), Optional.empty()));
    assertThat(paid().validator(new ValidatorIndex(-1)).payments()).isZero();
    assertThat(paid().validatorsOf(address(99), 10)).isEmpty();
  }

  @Test
  void addsUpBeyond64Bits() {
    ChainBlock block =
        first(
                1,
                List.of(
                    withdrawal(0, 1, 1, Long.MAX_VALUE / 2),
                    withdrawal(1, 1, 1, Long.MAX_VALUE / 2)))
            .block();
    commit(List.of(block));
    commit(List.of(after(block, 1, List.of(withdrawal(2, 1, 1, Long.MAX_VALUE))).block()));
    assertThat(paid().address(address(1)).totalGwei())
        .isEqualTo(
            BigInteger.valueOf(Long.MAX_VALUE / 2)
                .multiply(BigInteger.TWO)
                .add(BigInteger.valueOf(Long.MAX_VALUE)));
  }

  @Test
  void listsTheValidatorsOfAnAddressByIndex() {
    commit(chain(1, 5, 0, 14));
    List<PaidByValidator> senders = paid().validatorsOf(address(2), 4);
    assertThat(senders)
        .extracting(sender -> sender.validator().value())
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(paid().validatorsOf(address(2), 100)).hasSize(7);
    assertThat(paid().address(address(2)).validators()).isEqualTo(7);
    assertThat(
            paid().validatorsOf(address(2), 100).stream()
                .map(PaidByValidator::totalGwei)
                .reduce(BigInteger.ZERO, BigInteger::add))
        .isEqualTo(paid().address(address(2)).totalGwei());
  }
}
