package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.types.Epoch;
import io.auriga.validators.slashing.Doppelganger.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the client of one key says of what was signed with it. A record that is merely older than a
 * message says nothing of it; one that holds the highest numbers only says nothing of what is below
 * them.
 *
 * @param reports how far the record of each source goes
 * @param blocks that the sources name, all together
 * @param votes as {@code blocks}
 * @param areRootsOurs whether a signing root of the record was seen to be what we compute; until
 *     then, another root proves nothing
 */
record ClientAccount(
    List<KeyReport> reports,
    List<SignedBlock> blocks,
    List<SignedAttestation> votes,
    boolean areRootsOurs) {
  /** A source that is so far behind another one is not the key's client any more. */
  private static final long BEHIND_MAX = 225;

  /** What it says of a message. */
  sealed interface Answer {
    /** It signed it. */
    record Signed() implements Answer {}

    /** It says nothing of it. */
    record Silent() implements Answer {}

    /** It did not sign it. */
    record Denied(Reason reason, String said) implements Answer {}
  }

  private static final Answer SILENT = new Answer.Silent();

  /**
   * Of a vote that was seen.
   *
   * @param vote its root null where it is not known
   * @param signedBefore a time before which it was signed
   */
  Answer of(SignedAttestation vote, Instant signedBefore) {
    List<SignedAttestation> ofTarget =
        votes.stream().filter(one -> one.target().equals(vote.target())).toList();
    if (ofTarget.stream().anyMatch(one -> mayBe(one, vote))) {
      return new Answer.Signed();
    }
    List<KeyReport> present = present();
    if (present.stream()
        .anyMatch(one -> isOpen(one, one.lastTarget(), vote.target(), signedBefore))) {
      return SILENT;
    }
    if (!ofTarget.isEmpty()) {
      return new Answer.Denied(
          Reason.SIGNED_OTHER,
          "for target epoch %s its client signed the %s"
              .formatted(vote.target(), ofTarget.getFirst()));
    }
    return present.stream()
        .flatMap(one -> denial(one, vote.target()).stream())
        .findFirst()
        .orElse(SILENT);
  }

  /** As {@link #of(SignedAttestation, Instant)}, of a block. */
  Answer of(SignedBlock block, Instant signedBefore) {
    List<SignedBlock> ofSlot =
        blocks.stream().filter(one -> one.slot().equals(block.slot())).toList();
    if (ofSlot.stream().anyMatch(one -> mayBe(one, block))) {
      return new Answer.Signed();
    }
    List<KeyReport> present = present();
    if (present.stream().anyMatch(one -> isOpen(one, one.lastSlot(), block.slot(), signedBefore))) {
      return SILENT;
    }
    if (!ofSlot.isEmpty()) {
      return new Answer.Denied(
          Reason.SIGNED_OTHER, "for that slot its client signed the " + ofSlot.getFirst());
    }
    return present.stream()
        .filter(one -> one.lastSlot().isPresent())
        .filter(one -> block.slot().isAfter(one.lastSlot().get()))
        .findFirst()
        .<Answer>map(
            one ->
                new Answer.Denied(
                    Reason.NOT_SIGNED,
                    "%s, complete as of %s, names no block after slot %s"
                        .formatted(source(one), time(one), one.lastSlot().get())))
        .orElse(SILENT);
  }

  private boolean mayBe(SignedAttestation told, SignedAttestation seen) {
    return told.source().equals(seen.source())
        && (told.signingRoot() == null
            || seen.signingRoot() == null
            || told.signingRoot().equals(seen.signingRoot())
            || !areRootsOurs);
  }

  private boolean mayBe(SignedBlock told, SignedBlock seen) {
    return told.signingRoot() == null
        || seen.signingRoot() == null
        || told.signingRoot().equals(seen.signingRoot())
        || !areRootsOurs;
  }

  /** Without sources that the key has left for another. */
  private List<KeyReport> present() {
    Optional<Epoch> newest =
        reports.stream().flatMap(one -> one.lastTarget().stream()).max(Epoch::compareTo);
    return reports.stream()
        .filter(
            one ->
                newest.isEmpty()
                    || one.lastTarget()
                        .map(last -> newest.get().value() - last.value() <= BEHIND_MAX)
                        .orElse(false))
        .toList();
  }

  /** Whether the source may have signed a message since its record was written. */
  private static <T extends Comparable<T>> boolean isOpen(
      KeyReport report, Optional<T> last, T message, Instant signedBefore) {
    boolean isCovered = last.map(end -> message.compareTo(end) <= 0).orElse(false);
    return !isCovered && report.told().asOf().map(asOf -> asOf.isBefore(signedBefore)).orElse(true);
  }

  private static Optional<Answer> denial(KeyReport report, Epoch target) {
    Optional<Epoch> last = report.lastTarget();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    if (target.compareTo(last.get()) > 0) {
      return Optional.of(
          new Answer.Denied(
              Reason.NOT_SIGNED,
              "%s, complete as of %s, names no vote after target epoch %s"
                  .formatted(source(report), time(report), last.get())));
    }
    return report
        .denseFrom()
        .filter(from -> from.compareTo(target) <= 0)
        .map(
            from ->
                new Answer.Denied(
                    Reason.NOT_SIGNED,
                    "%s names the votes from target epoch %s to %s, and none for it"
                        .formatted(source(report), from, last.get())));
  }

  private static String source(KeyReport report) {
    return "the record of " + report.told().source();
  }

  private static String time(KeyReport report) {
    return report.told().asOf().map(Instant::toString).orElse("no known time");
  }

  /** Whether any root of the record is one that we compute ourselves. */
  static boolean areRootsOurs(List<SignedAttestation> told, Stream<SignedAttestation> seen) {
    return seen.filter(one -> one.signingRoot() != null).anyMatch(told::contains);
  }
}
