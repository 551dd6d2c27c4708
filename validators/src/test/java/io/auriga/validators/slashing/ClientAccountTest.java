package io.auriga.validators.slashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.validators.slashing.ClientAccount.Answer;
import io.auriga.validators.slashing.Doppelganger.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientAccountTest {
  private static final BlsPublicKey KEY = BlsPublicKey.of(new byte[48]);
  private static final Root ONE = Votes.root(1);
  private static final Root OTHER = Votes.root(2);

  /** Epoch e's votes are signed in the hour e. */
  private static Instant hour(long epoch) {
    return Instant.EPOCH.plusSeconds(3600 * epoch);
  }

  private static SignedAttestation vote(long target, @Nullable Root root) {
    return new SignedAttestation(new Epoch(target - 1), new Epoch(target), root);
  }

  private static List<SignedAttestation> votes(LongStream targets) {
    return targets.mapToObj(target -> vote(target, ONE)).toList();
  }

  private static KeyReport report(
      String source, Optional<Instant> asOf, List<SignedAttestation> votes, SignedBlock... blocks) {
    return KeyReport.of(
        new KeyRecord(KEY, List.of(blocks), votes), new KeyReport.Told(source, asOf, hour(99)));
  }

  private static ClientAccount account(List<SignedAttestation> votes, KeyReport... reports) {
    return new ClientAccount(List.of(reports), List.of(), votes, true);
  }

  private static Answer ask(ClientAccount account, long target, @Nullable Root root) {
    return account.of(vote(target, root), hour(target + 1));
  }

  private static void assertDenied(Answer answer, Reason reason) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Denied.class, denied -> assertThat(denied.reason()).isEqualTo(reason));
  }

  @Test
  void aRecordThatIsMerelyOlderThanAVoteSaysNothingOfIt() {
    List<SignedAttestation> votes = votes(LongStream.rangeClosed(1, 20));
    assertThat(ask(account(votes, report("a", Optional.of(hour(21)), votes)), 21, ONE))
        .isInstanceOf(Answer.Silent.class);
    assertThat(ask(account(votes, report("a", Optional.empty(), votes)), 30, ONE))
        .isInstanceOf(Answer.Silent.class);
    assertThat(ask(account(votes, report("a", Optional.of(hour(22)), votes)), 20, ONE))
        .isInstanceOf(Answer.Signed.class);
  }

  @Test
  void aRecordThatIsNewerDeniesAVoteBehindItsLastOneAlsoIfItIsMinimal() {
    List<SignedAttestation> last = votes(LongStream.of(20));
    ClientAccount minimal = account(last, report("a", Optional.of(hour(22)), last));

    assertDenied(ask(minimal, 21, ONE), Reason.NOT_SIGNED);
    assertThat(ask(minimal, 22, ONE)).isInstanceOf(Answer.Silent.class);
    assertThat(ask(minimal, 15, ONE)).isInstanceOf(Answer.Silent.class);
  }

  @Test
  void aGapIsADenialOnlyWhereTheRecordNamesTheVotesOneByOne() {
    List<SignedAttestation> dense =
        votes(LongStream.rangeClosed(1, 20).filter(target -> target != 15));
    assertDenied(
        ask(account(dense, report("a", Optional.empty(), dense)), 15, ONE), Reason.NOT_SIGNED);

    // As several minimal files have them that were put together.
    List<SignedAttestation> sparse = votes(LongStream.of(10, 14, 17, 20));
    assertThat(ask(account(sparse, report("a", Optional.of(hour(40)), sparse)), 15, ONE))
        .isInstanceOf(Answer.Silent.class);
  }

  @Test
  void anotherVoteForTheTargetIsADenialOnceTheRootsAreKnownToBeOurs() {
    List<SignedAttestation> votes = votes(LongStream.rangeClosed(1, 20));
    KeyReport report = report("a", Optional.empty(), votes);

    assertDenied(ask(account(votes, report), 15, OTHER), Reason.SIGNED_OTHER);
    assertThat(ask(account(votes, report), 15, null)).isInstanceOf(Answer.Signed.class);
    ClientAccount unproven = new ClientAccount(List.of(report), List.of(), votes, false);
    assertThat(ask(unproven, 15, OTHER)).isInstanceOf(Answer.Signed.class);

    List<SignedAttestation> rootless =
        LongStream.rangeClosed(1, 20).mapToObj(target -> vote(target, null)).toList();
    assertThat(ask(account(rootless, report("a", Optional.empty(), rootless)), 15, OTHER))
        .isInstanceOf(Answer.Signed.class);
  }

  @Test
  void ofSeveralSourcesEachThatMayHaveSignedItKeepsTheOthersFromDenyingIt() {
    List<SignedAttestation> first = votes(LongStream.rangeClosed(1, 20));
    List<SignedAttestation> second = votes(LongStream.rangeClosed(21, 40));
    List<SignedAttestation> all = new ArrayList<>(first);
    all.addAll(second);
    KeyReport left = report("left", Optional.of(hour(60)), first);
    KeyReport present = report("present", Optional.of(hour(30)), second);

    // The one that the key has left goes on to write files, and the other is older than the vote.
    assertThat(ask(account(all, left, present), 45, ONE)).isInstanceOf(Answer.Silent.class);
    assertDenied(
        ask(account(all, left, report("present", Optional.of(hour(60)), second)), 45, ONE),
        Reason.NOT_SIGNED);
    // A day behind, it is no client of the key any more.
    List<SignedAttestation> old = votes(LongStream.rangeClosed(1, 9));
    List<SignedAttestation> late = votes(LongStream.rangeClosed(230, 240));
    List<SignedAttestation> both = new ArrayList<>(old);
    both.addAll(late);
    assertDenied(
        ask(
            account(
                both,
                report("old", Optional.empty(), old),
                report("new", Optional.of(hour(300)), late)),
            250,
            ONE),
        Reason.NOT_SIGNED);
  }

  @Test
  void ofBlocksOnlyWhatIsBehindTheLastOrInItsPlaceIsDenied() {
    SignedBlock last = new SignedBlock(new Slot(100), ONE);
    List<SignedAttestation> votes = votes(LongStream.rangeClosed(1, 20));
    ClientAccount account =
        new ClientAccount(
            List.of(report("a", Optional.of(hour(50)), votes, last)), List.of(last), votes, true);

    assertThat(account.of(last, hour(9))).isInstanceOf(Answer.Signed.class);
    assertDenied(account.of(new SignedBlock(new Slot(100), OTHER), hour(9)), Reason.SIGNED_OTHER);
    assertDenied(account.of(new SignedBlock(new Slot(101), ONE), hour(50)), Reason.NOT_SIGNED);
    assertThat(account.of(new SignedBlock(new Slot(101), ONE), hour(51)))
        .isInstanceOf(Answer.Silent.class);
    assertThat(account.of(new SignedBlock(new Slot(99), ONE), hour(9)))
        .isInstanceOf(Answer.Silent.class);

    ClientAccount withoutBlocks =
        new ClientAccount(
            List.of(report("a", Optional.of(hour(50)), votes)), List.of(), votes, true);
    assertThat(withoutBlocks.of(last, hour(9))).isInstanceOf(Answer.Silent.class);
  }
}
