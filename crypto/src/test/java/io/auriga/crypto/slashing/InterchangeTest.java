package io.auriga.crypto.slashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterchangeTest {
  private static final String KEY = "0x" + "ab".repeat(48);
  private static final String OTHER_KEY = "0x" + "cd".repeat(48);
  private static final Root CHAIN = Root.fromHex("0x" + "11".repeat(32));
  private static final Root SIGNED = Root.fromHex("0x" + "22".repeat(32));

  private static final String DOCUMENT =
      """
      {"metadata": {"interchange_format_version": "5", "genesis_validators_root": "%s"},
       "data": [{"pubkey": "%s",
         "signed_blocks": [{"slot": "18446744073709551615", "signing_root": "%s"}],
         "signed_attestations": [{"source_epoch": "1", "target_epoch": "2"}]}]}
      """
          .formatted(CHAIN, KEY, SIGNED);

  private static Interchange read(String text) {
    return InterchangeJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyRecord record(
      String key, List<SignedBlock> blocks, List<SignedAttestation> votes) {
    return new KeyRecord(BlsPublicKey.fromHex(key), blocks, votes);
  }

  private static SignedBlock block(long slot, @Nullable Root root) {
    return new SignedBlock(new Slot(slot), root);
  }

  private static SignedAttestation vote(long source, long target) {
    return new SignedAttestation(new Epoch(source), new Epoch(target), null);
  }

  @Test
  void readsWhatTheFormatSays() {
    assertThat(read(DOCUMENT))
        .isEqualTo(
            new Interchange(
                CHAIN, List.of(record(KEY, List.of(block(-1, SIGNED)), List.of(vote(1, 2))))));
  }

  @Test
  void readsAgainWhatItWrote() throws IOException {
    Interchange written =
        new Interchange(
            CHAIN,
            List.of(
                record(KEY, List.of(block(1, null), block(-1, SIGNED)), List.of(vote(3, -1))),
                record(OTHER_KEY, List.of(), List.of())));
    StringWriter out = new StringWriter();
    InterchangeWriter.write(written, out);

    assertThat(read(out.toString())).isEqualTo(written);
    assertThat(out.toString()).doesNotContain("null");
  }

  @Test
  void aDocumentThatWasNotEndedIsNotWhole() throws IOException {
    StringWriter out = new StringWriter();
    InterchangeWriter writer = new InterchangeWriter(out, CHAIN);
    writer.add(record(KEY, List.of(block(1, null)), List.of()));

    assertThatThrownBy(() -> read(out.toString())).isInstanceOf(InterchangeException.class);
    writer.end();
    assertThat(read(out.toString()).records()).hasSize(1);
  }

  private static Root stream(InputStream document, List<KeyRecord> into) throws IOException {
    return InterchangeJson.read(document, into::add);
  }

  @Test
  void handsOverEntryByEntryAlsoIfWhichChainComesLast() throws IOException {
    String entry = "{\"pubkey\": \"%s\", \"signed_blocks\": [], \"signed_attestations\": []}";
    String document =
        "{\"data\": [%s, %s], \"metadata\": {\"genesis_validators_root\": \"%s\", \"interchange_format_version\": \"5\"}}"
            .formatted(entry.formatted(KEY), entry.formatted(KEY), CHAIN);
    List<KeyRecord> found = new ArrayList<>();

    assertThat(stream(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), found))
        .isEqualTo(CHAIN);
    assertThat(found).hasSize(2);
  }

  @Test
  void refusesADocumentWithoutEndAndTellsAStreamThatBreaksApart() {
    InputStream ever =
        new SequenceInputStream(
            new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() {
                return ' ';
              }

              @Override
              public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) ' ');
                return length;
              }
            });
    assertThatThrownBy(() -> stream(ever, new ArrayList<>()))
        .isInstanceOf(InterchangeException.class)
        .hasMessageContaining("it is larger than 256 MiB");

    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(DOCUMENT.substring(0, 99).getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> stream(broken, new ArrayList<>()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void skipsFieldsThatTheFormatDoesNotName() {
    assertThat(read(DOCUMENT.replace("\"slot\":", "\"x\": [{\"slot\": 1}], \"slot\":")))
        .isEqualTo(read(DOCUMENT));
  }

  @Test
  void anUnknownSigningRootMayBeNull() {
    assertThat(read(DOCUMENT.replace("\"" + SIGNED + "\"", "null")).records().getFirst().blocks())
        .containsExactly(block(-1, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "18446744073709551615" | "18446744073709551616" | /data/0/signed_blocks/0/slot is does not fit 64 bits
          "18446744073709551615" | 7 | /data/0/signed_blocks/0/slot is not a string
          "18446744073709551615" | "-1" | /data/0/signed_blocks/0/slot is not a decimal uint64
          "18446744073709551615" | null | /data/0/signed_blocks/0/slot is not a string
          "slot" | "slots" | /data/0/signed_blocks/0 has no slot
          "target_epoch" | "target" | /data/0/signed_attestations/0 has no target_epoch
          "pubkey": "0xab | "pubkey": "0x | /data/0/pubkey is expected 48 bytes in hex
          "signed_blocks" | "signed_block" | /data/0 has no signed_blocks
          "data" | "dat" | the document has no data
          "5" | "4" | its format version is "4"
          "source_epoch": "1" | "source_epoch": "1", "source_epoch": "9" | Duplicate
          "data": [{ | "data": {{ | /data is not a list
          "pubkey": | "pubkey" | not JSON of the format at byte
          }]}]} | }]}]} {} | something follows its end
          }]}]} | }]} | not JSON of the format
          "metadata": { | "metadata": [], "x": { | /metadata is not an object
          """)
  void refusesWhatWouldLoseProtectionAndSaysWhere(String part, String instead, String problem) {
    assertThat(DOCUMENT).contains(part);
    assertThatThrownBy(() -> read(DOCUMENT.replace(part, instead)))
        .isInstanceOf(InterchangeException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesDeepNestingAndNothingAtAll() {
    assertThatThrownBy(() -> read(DOCUMENT.replace("\"data\"", "\"x\":" + "[".repeat(100_000))))
        .isInstanceOf(InterchangeException.class)
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> read("")).isInstanceOf(InterchangeException.class);
    assertThatThrownBy(() -> read("[]"))
        .isInstanceOf(InterchangeException.class)
        .hasMessageContaining("the document is not an object");
  }

  @Test
  void entriesForTheSameKeyAreOneRecord() {
    Interchange doubled =
        new Interchange(
            CHAIN,
            List.of(
                record(KEY, List.of(block(9, SIGNED)), List.of()),
                record(KEY, List.of(block(3, null)), List.of(vote(1, 2)))));

    assertThat(doubled.records())
        .containsExactly(
            record(KEY, List.of(block(9, SIGNED), block(3, null)), List.of(vote(1, 2))));
  }

  @Test
  void mergingKeepsEverythingOnceAndMinifyingOnlyTheBounds() {
    Interchange one =
        new Interchange(
            CHAIN,
            List.of(record(KEY, List.of(block(9, SIGNED), block(3, null)), List.of(vote(5, 6)))));
    Interchange other =
        new Interchange(
            CHAIN,
            List.of(
                record(OTHER_KEY, List.of(), List.of(vote(7, 8))),
                record(KEY, List.of(block(9, SIGNED), block(4, null)), List.of(vote(4, 7)))));

    assertThat(Interchange.merged(List.of(one, other), Strategy.COMPLETE))
        .isEqualTo(
            new Interchange(
                CHAIN,
                List.of(
                    record(
                        KEY,
                        List.of(block(3, null), block(4, null), block(9, SIGNED)),
                        List.of(vote(5, 6), vote(4, 7))),
                    record(OTHER_KEY, List.of(), List.of(vote(7, 8))))));
    assertThat(Interchange.merged(List.of(one, other), Strategy.MINIMAL))
        .isEqualTo(
            new Interchange(
                CHAIN,
                List.of(
                    record(KEY, List.of(block(9, null)), List.of(vote(5, 7))),
                    record(OTHER_KEY, List.of(), List.of(vote(7, 8))))));
  }

  @Test
  void refusesToMergeTwoChains() {
    Interchange one = new Interchange(CHAIN, List.of());
    Interchange other = new Interchange(SIGNED, List.of());
    assertThatThrownBy(() -> Interchange.merged(List.of(one, other), Strategy.COMPLETE))
        .isInstanceOf(InterchangeException.class)
        .hasMessageContaining("its genesis_validators_root is " + SIGNED + ", not " + CHAIN);
  }
}
