package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.CryptoError;
import io.auriga.types.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each way to be malformed, by name. */
class SszValidatorTest {
  private static final SszSchema BYTES = new SszSchema.ByteList(5);
  private static final SszContainer TWO_LISTS =
      new SszContainer(
          "Two",
          List.of(
              SszContainer.field("number", new SszSchema.Uint(2)),
              SszContainer.field("first", BYTES),
              SszContainer.field("second", BYTES)));
  private static final SszSchema LIST = new SszSchema.List(BYTES, 3);

  @Test
  void acceptsWhatIsWellFormed() {
    assertThatCode(
            () -> {
              check(TWO_LISTS, "0xffff0a0000000c000000aabbcc");
              check(TWO_LISTS, "0xffff0a0000000a000000");
              check(LIST, "0x");
              check(LIST, "0x0800000009000000aabb");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAFirstOffsetThatLeavesAGapOrOverlapsTheFixedPart() {
    assertRefused(TWO_LISTS, "0xffff0b0000000c000000aabbcc", "Two.first", 2, "11 where 10");
    assertRefused(TWO_LISTS, "0xffff090000000c000000aabbcc", "Two.first", 2, "9 where 10");
    assertRefused(TWO_LISTS, "0xffff0a0000800c000000aabbcc", "Two.first", 2, "2147483658");
  }

  @Test
  void refusesOffsetsThatDecreaseOrReachBeyondTheEnd() {
    assertRefused(TWO_LISTS, "0xffff0a00000009000000aabbcc", "Two.first", 10, "end at 9");
    assertRefused(TWO_LISTS, "0xffff0a0000000e000000aabbcc", "Two.first", 10, "14 of 13");
    assertRefused(TWO_LISTS, "0xffff0a000000ffffffffaabbcc", "Two.first", 10, "4294967295");
    assertRefused(LIST, "0x080000000b000000aabb", "value[0]", 8, "11 of 10");
    assertRefused(LIST, "0x0800000007000000aabb", "value[0]", 8, "end at 7");
  }

  @Test
  void refusesAListWhoseFirstOffsetCannotBe() {
    assertRefused(LIST, "0x00000000", "value", 0, "first offset, 0");
    assertRefused(LIST, "0x06000000aabb", "value", 0, "first offset, 6");
    assertRefused(LIST, "0x0c000000", "value", 0, "first offset, 12");
    assertRefused(LIST, "0xfcffffff", "value", 0, "first offset, 4294967292");
    assertRefused(LIST, "0x0400", "value", 0, "no offset");
  }

  @Test
  void refusesMoreThanTheLimit() {
    assertRefused(BYTES, "0x010203040506", "value", 0, "6 bytes where at most 5");
    assertRefused(LIST, "0x" + "10000000".repeat(4), "value", 0, "4 elements where at most 3");
    SszSchema numbers = new SszSchema.List(new SszSchema.Uint(2), 2);
    assertRefused(numbers, "0x010002000300", "value", 0, "3 elements where at most 2");
    assertRefused(numbers, "0x010002", "value", 0, "no whole number");
    assertRefused(new SszSchema.Bitlist(8), "0xff03", "value", 0, "9 bits where at most 8");
  }

  @Test
  void refusesTheWrongLength() {
    assertRefused(new SszSchema.Uint(8), "0x00", "value", 0, "1 bytes where 8");
    assertRefused(new SszSchema.ByteVector(2), "0x000102", "value", 0, "3 bytes where 2");
    assertRefused(TWO_LISTS, "0xffff0a000000", "Two", 0, "at least 10");
    SszSchema vector = new SszSchema.Vector(BYTES, 2);
    assertRefused(vector, "0x04000000", "value", 0, "another length than 2");
    assertRefused(vector, "0x", "value", 0, "no offset");
  }

  @Test
  void refusesBitsThatMustNotBeSet() {
    assertRefused(new SszSchema.Bitvector(4), "0x10", "value", 0, "beyond the last of 4");
    assertRefused(new SszSchema.Bitlist(8), "0x0100", "value", 0, "without the bit that ends it");
    assertRefused(new SszSchema.Bitlist(8), "0x", "value", 0, "without the bit that ends it");
    assertRefused(new SszSchema.Bool(), "0x02", "value", 0, "0 or 1");
    SszSchema booleans = new SszSchema.List(new SszSchema.Bool(), 4);
    assertRefused(booleans, "0x000103", "value[2]", 2, "0 or 1");
  }

  @Test
  void saysWhereInAMessageThatAPersonUnderstands() {
    SszContainer outer =
        new SszContainer(
            "Outer", List.of(SszContainer.field("items", new SszSchema.List(TWO_LISTS, 4))));
    String inner = "ffff0a0000000a000000";
    assertThatThrownBy(
            () -> check(outer, "0x04000000" + "0800000012000000" + inner + "ffff0b0000000a000000"))
        .hasMessage(
            "Cannot read SSZ: Outer.items[1].first at byte 24: the first offset is 11 where 10"
                + " should be");
  }

  @Test
  void countsBytesFromTheBeginOfTheValue() {
    byte[] data = Hex.parse("0x0000000000010003");
    SszSchema booleans = new SszSchema.List(new SszSchema.Bool(), 4);
    assertThatThrownBy(() -> SszValidator.check(booleans, data, 5, 3))
        .isInstanceOfSatisfying(
            SszException.class, refusal -> assertThat(refusal.offset()).isEqualTo(2));
  }

  private static void check(SszSchema schema, String hex) {
    byte[] data = Hex.parse(hex);
    SszValidator.check(schema, data, 0, data.length);
  }

  private static void assertRefused(
      SszSchema schema, String hex, String path, int offset, String problem) {
    assertThatThrownBy(() -> check(schema, hex))
        .isInstanceOfSatisfying(
            SszException.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(CryptoError.SSZ_MALFORMED);
              assertThat(refusal.path()).isEqualTo(path);
              assertThat(refusal.offset()).isEqualTo(offset);
            })
        .hasMessageContaining(problem);
  }
}
