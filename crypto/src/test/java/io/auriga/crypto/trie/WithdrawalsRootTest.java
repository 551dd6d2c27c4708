package io.auriga.crypto.trie;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Address;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WithdrawalsRootTest {
  @Test
  void hasTheKnownRootsOfShortLists() {
    assertRoot("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", List.of());
    assertRoot(
        "0x4ae14e53d6bf2a9c73891aef9d2e6373ff06d400b6e7727b17a5eceb5e8dec9d",
        List.of(withdrawal(0, 0, "0xc000000000000000000000000000000000000001", 100_000)));
    assertRoot(
        "0x48a703da164234812273ea083e4ec3d09d028300cd325b46a6a75402e5a7ab95",
        List.of(withdrawal(0, 0, "0xc94f5374fce5edbc8e2a8697c15331677e6ebf0b", 0)));
    assertRoot(
        "0x6d549e8e6690f1ac4c2f7ce5bebda761342c8932bec083d1d3b011e9210909c0",
        List.of(withdrawal(0, 0, "0x0000000000000000000000000000000000000000", 1)));
  }

  @Test
  void hasTheKnownRootsOfAFullBlockAndBeyond() {
    assertRoot("0x3461ba12334ff5bfd619379f291a8bf07348fa615fe161e3ae6b29f89fdb16f9", numbered(16));
    assertRoot("0x134ba1c4abeb49883948ec0d47ec5ea823d73d05d9ddae1b3a30b8d64cab8fea", numbered(130));
  }

  @Test
  void differsWhenAnyFieldOfAnyEntryDiffers() {
    List<Withdrawal> original = numbered(16);
    for (int i = 0; i < original.size(); i++) {
      Withdrawal w = original.get(i);
      assertDiffers(
          original,
          i,
          new Withdrawal(w.index().next(), w.validatorIndex(), w.address(), w.amount()));
      assertDiffers(
          original,
          i,
          new Withdrawal(
              w.index(),
              new ValidatorIndex(w.validatorIndex().value() ^ Long.MIN_VALUE),
              w.address(),
              w.amount()));
      byte[] address = w.address().toBytes();
      address[i] ^= 1;
      assertDiffers(
          original,
          i,
          new Withdrawal(w.index(), w.validatorIndex(), Address.of(address), w.amount()));
      assertDiffers(
          original,
          i,
          new Withdrawal(w.index(), w.validatorIndex(), w.address(), w.amount().plus(new Gwei(1))));
    }
  }

  private static void assertDiffers(List<Withdrawal> original, int at, Withdrawal changed) {
    List<Withdrawal> list = new ArrayList<>(original);
    list.set(at, changed);
    assertThat(WithdrawalsRoot.of(list)).isNotEqualTo(WithdrawalsRoot.of(original));
  }

  @Test
  void differsWhenEntriesAreSwappedMissingOrDoubled() {
    List<Withdrawal> original = numbered(16);
    for (int i = 0; i + 1 < original.size(); i++) {
      List<Withdrawal> swapped = new ArrayList<>(original);
      Collections.swap(swapped, i, i + 1);
      List<Withdrawal> missing = new ArrayList<>(original);
      missing.remove(i);
      List<Withdrawal> doubled = new ArrayList<>(original);
      doubled.add(i, original.get(i));
      for (List<Withdrawal> list : List.of(swapped, missing, doubled)) {
        assertThat(WithdrawalsRoot.of(list)).isNotEqualTo(WithdrawalsRoot.of(original));
      }
    }
  }

  static List<Withdrawal> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> withdrawal(i, i + 1, String.format("0x%040x", 0xabc0 + i), 32_000_000_000L + i))
        .toList();
  }

  private static Withdrawal withdrawal(long index, long validator, String address, long gwei) {
    return new Withdrawal(
        new WithdrawalIndex(index),
        new ValidatorIndex(validator),
        Address.fromHex(address),
        new Gwei(gwei));
  }

  private static void assertRoot(String expected, List<Withdrawal> withdrawals) {
    assertThat(WithdrawalsRoot.of(withdrawals).toHex()).isEqualTo(expected);
  }
}
