package io.auriga.withdrawals.expected;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.Validator;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.RecordedNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceChangesTest {
  /** Never signs, and sits in the sync committee like everybody. */
  private static final ValidatorIndex OFFLINE = new ValidatorIndex(29);

  private static final ValidatorIndex ONLINE = new ValidatorIndex(12);

  /** What a block of the recorded chain did, where it left the validator that is off so much. */
  private static Map<ValidatorIndex, Long> changes(long left) {
    RecordedBlock block =
        CHAIN.timeline().blocks().stream()
            .filter(one -> one.slot().equals(new Slot(10)))
            .findFirst()
            .orElseThrow();
    RecordedNode node = new RecordedNode();
    node.lieBy(
        validator ->
            validator.index().equals(OFFLINE)
                ? new Validator(
                    validator.index(),
                    validator.publicKey(),
                    validator.credentials(),
                    new Gwei(left),
                    validator.effectiveBalance(),
                    validator.slashed(),
                    validator.life())
                : validator);
    return new BalanceChanges(CHAIN.spec(), node)
        .of(
            SignedBlockView.of(BlockSchemas.of(CHAIN.spec()), block.fork(), block.ssz()),
            List.of(OFFLINE, ONLINE));
  }

  @Test
  void aSeatGainsByAVoteWhatItLosesWithoutOne() {
    Map<ValidatorIndex, Long> changes = changes(32_000_000_000L);
    long gained = changes.getOrDefault(ONLINE, 0L);
    assertThat(gained).isPositive();
    assertThat(changes).containsEntry(OFFLINE, -gained);
  }

  @Test
  void nothingIsSaidOfWhoIsLeftWithNothingSinceItMayHaveHadLessToLose() {
    assertThat(changes(1)).containsKeys(OFFLINE, ONLINE);
    assertThat(changes(0)).doesNotContainKey(OFFLINE).containsKey(ONLINE);
  }
}
