package io.auriga.crypto.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszException;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitteesTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final BlockSchemas SCHEMAS = BlockSchemas.of(SPEC);
  private static final Epoch EPOCH = new Epoch(9);

  /** Four committees a slot, of 6 and 7 members. */
  private final Committees committees = committees(211);

  private static Committees committees(int active) {
    int[] indices = IntStream.range(0, active).map(i -> 3 * i + 1).toArray();
    return Committees.of(SPEC, EPOCH, indices, Root.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 31, 32, 33, 64, 100, 211, 1000})
  void putsEveryActiveValidatorIntoExactlyOneCommittee(int active) {
    Committees of = committees(active);
    List<Integer> all = new ArrayList<>();
    for (int slot = 0; slot < 8; slot++) {
      for (int index = 0; index < of.committeesPerSlot(); index++) {
        IntStream.of(of.members(slot, index)).forEach(all::add);
      }
    }
    assertThat(all).hasSize(active).doesNotHaveDuplicates();
    assertThat(of.committeesPerSlot()).isEqualTo(Math.clamp(active / 32, 1, 4));
    assertThat(of.activeCount()).isEqualTo(active);
  }

  @Test
  void readsTheBitsOfOneCommitteeBeforeElectra() {
    for (int index = 0; index < 4; index++) {
      int[] members = committees.members(5, index);
      BitSet bits = new BitSet();
      bits.set(1);
      bits.set(members.length - 1);
      AttestationView one = attestation(ForkName.DENEB, 77, index, bits, members.length, 0);
      assertThat(committees.attestingIndices(one))
          .containsExactly(members[1], members[members.length - 1]);
    }
  }

  @Test
  void readsTheBitsOfSeveralCommitteesOneBehindTheOtherInElectra() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int slot = random.nextInt(8);
      int named = 1 + random.nextInt(15);
      BitSet bits = new BitSet();
      List<Integer> expected = new ArrayList<>();
      int length = 0;
      for (int index = 0; index < 4; index++) {
        if ((named >> index & 1) == 1) {
          int[] members = committees.members(slot, index);
          int sure = random.nextInt(members.length);
          for (int i = 0; i < members.length; i++) {
            if (i == sure || random.nextBoolean()) {
              bits.set(length + i);
              expected.add(members[i]);
            }
          }
          length += members.length;
        }
      }
      AttestationView one = attestation(ForkName.ELECTRA, 72 + slot, 0, bits, length, named);
      assertThat(committees.attestingIndices(one))
          .containsExactly(expected.stream().mapToInt(i -> i).toArray());
    }
  }

  @Test
  void refusesWhatDoesNotFitByName() {
    int size = committees.members(0, 0).length;
    int next = committees.members(0, 1).length;
    BitSet all = new BitSet();
    all.set(0, 200);
    BitSet first = new BitSet();
    first.set(0, size);
    ForkName deneb = ForkName.DENEB;
    ForkName electra = ForkName.ELECTRA;
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(deneb, 72, 0, all, size + 1, 0));
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(deneb, 72, 0, all, size - 1, 0));
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(deneb, 72, 0, all, 2048, 0));
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(deneb, 72, 0, all, 0, 0));
    assertRefused(CommitteeError.NO_SUCH_COMMITTEE, attestation(deneb, 72, 4, all, size, 0));
    assertRefused(CommitteeError.NO_SUCH_COMMITTEE, attestation(deneb, 72, -1, all, size, 0));
    assertRefused(CommitteeError.EMPTY_COMMITTEE, attestation(deneb, 72, 0, new BitSet(), size, 0));
    assertRefused(CommitteeError.WRONG_EPOCH, attestation(deneb, 71, 0, all, size, 0));
    assertRefused(CommitteeError.WRONG_EPOCH, attestation(deneb, 80, 0, all, size, 0));
    assertRefused(CommitteeError.WRONG_EPOCH, attestation(deneb, -1, 0, all, size, 0));
    assertRefused(CommitteeError.BAD_INDEX, attestation(electra, 72, 1, all, size, 1));
    assertRefused(CommitteeError.NO_SUCH_COMMITTEE, attestation(electra, 72, 0, all, size, 0));
    assertRefused(
        CommitteeError.EMPTY_COMMITTEE, attestation(electra, 72, 0, first, size + next, 3));
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(electra, 72, 0, all, size, 3));
    assertRefused(CommitteeError.BITS_MISMATCH, attestation(electra, 72, 0, all, 8192, 15));
    Committees small = committees(40);
    assertRefused(
        () -> small.attestingIndices(attestation(electra, 72, 0, all, 10, 3)),
        CommitteeError.NO_SUCH_COMMITTEE);
    Committees nobody = committees(0);
    assertRefused(
        () -> nobody.attestingIndices(attestation(electra, 72, 0, all, 0, 1)),
        CommitteeError.EMPTY_COMMITTEE);
  }

  @Test
  void neverReadsBeyondTheBitsWhateverTheAttestationSays() {
    Random random = new Random(8);
    int taken = 0;
    for (int round = 0; round < 20_000; round++) {
      ForkName fork = random.nextBoolean() ? ForkName.DENEB : ForkName.ELECTRA;
      int length = random.nextInt(32);
      BitSet bits = BitSet.valueOf(new long[] {random.nextLong()});
      AttestationView one =
          attestation(
              fork, 70 + random.nextInt(12), random.nextInt(6), bits, length, random.nextInt(16));
      try {
        taken += committees.attestingIndices(one).length > 0 ? 1 : 0;
      } catch (CommitteeException refused) {
        assertThat(refused.error()).isNotNull();
      }
    }
    assertThat(taken).isPositive();
  }

  @Test
  void refusesBitsBeyondTheNumberOfCommitteesWhereItReadsThem() {
    assertThatThrownBy(() -> attestation(ForkName.ELECTRA, 72, 0, new BitSet(), 5, 0x1f))
        .isInstanceOf(SszException.class)
        .hasMessageContaining("committee_bits");
  }

  @Test
  void takesANodesCommitteesIfTheyMakeAnEpoch() {
    CommitteeList list = new CommitteeList(SPEC, EPOCH);
    for (int number = 31; number >= 0; number--) {
      list.add(new Slot(72 + number / 4), number % 4, members(number));
    }
    Committees taken = list.toCommittees();
    assertThat(taken.hasPlacesOf(committees)).isTrue();
    assertThat(taken.hasPlacesOf(committees(210))).isFalse();
    assertThat(taken.validatorAt(17)).isEqualTo(committees.validatorAt(17));
  }

  @Test
  void refusesANodesCommitteesThatDoNotAddUp() {
    assertSum("there is no such slot", list -> list.add(new Slot(80), 0, new int[] {1}));
    assertSum("nor committee", list -> list.add(new Slot(72), 4, new int[] {1}));
    assertSum(
        "one twice",
        list -> {
          list.add(new Slot(72), 0, members(0));
          list.add(new Slot(72), 0, members(0));
        });
    assertSum("no such validator", list -> list.add(new Slot(72), 0, new int[] {-1}));
    assertSum("one missing", list -> addAll(list, 0, 31));
    assertSum(
        "a validator twice",
        list -> {
          addAll(list, 0, 31);
          int[] last = members(31);
          last[0] = members(0)[0];
          list.add(new Slot(79), 3, last);
        });
    assertSum(
        "sizes that differ",
        list -> {
          addAll(list, 1, 31);
          int[] longer = new int[members(0).length + 1];
          System.arraycopy(members(0), 0, longer, 0, longer.length - 1);
          longer[longer.length - 1] = 999;
          list.add(new Slot(72), 0, longer);
          int[] shorter = new int[members(31).length - 1];
          System.arraycopy(members(31), 0, shorter, 0, shorter.length);
          list.add(new Slot(79), 3, shorter);
        });
  }

  private interface Filling {
    void fill(CommitteeList list);
  }

  private void addAll(CommitteeList list, int from, int to) {
    for (int number = from; number < to; number++) {
      list.add(new Slot(72 + number / 4), number % 4, members(number));
    }
  }

  private int[] members(int number) {
    return committees.members(number / 4, number % 4);
  }

  private static void assertSum(String what, Filling filling) {
    assertThatThrownBy(
            () -> {
              CommitteeList list = new CommitteeList(SPEC, EPOCH);
              filling.fill(list);
              Committees _ = list.toCommittees();
            })
        .as(what)
        .isInstanceOfSatisfying(
            CommitteeException.class,
            e -> assertThat(e.error()).isEqualTo(CommitteeError.DO_NOT_ADD_UP));
  }

  private void assertRefused(CommitteeError error, AttestationView attestation) {
    assertRefused(() -> committees.attestingIndices(attestation), error);
  }

  private static void assertRefused(ThrowingCallable reading, CommitteeError error) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            CommitteeException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private static AttestationView attestation(
      ForkName fork, long slot, long index, BitSet bits, int length, int committees) {
    byte[] list = new byte[length / 8 + 1];
    bits.get(0, length).stream().forEach(bit -> list[bit / 8] |= (byte) (1 << bit % 8));
    list[length / 8] |= (byte) (1 << length % 8);
    byte[] data = new byte[128];
    LittleEndian.putInt64(data, 0, slot);
    LittleEndian.putInt64(data, 8, index);
    LittleEndian.putInt64(data, 88, EPOCH.value());
    SszWriter writer =
        SszWriter.ofDefaults(SCHEMAS.type(fork, "Attestation"))
            .set("aggregation_bits", list)
            .set("data", data);
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      writer.set("committee_bits", new byte[] {(byte) committees});
    }
    return AttestationView.of(SCHEMAS, fork, writer.toBytes());
  }
}
