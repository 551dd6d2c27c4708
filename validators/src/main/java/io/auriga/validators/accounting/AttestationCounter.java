package io.auriga.validators.accounting;

import io.auriga.crypto.committee.CommitteeException;
import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AttestationData;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts the attestations of one block ({@code process_attestation} and {@code
 * get_attestation_participation_flag_indices}, altair to electra).
 *
 * <p>That the source is the justified checkpoint is not checked: an attestation with another one
 * makes its block invalid, and a node does not call such a block canonical.
 */
final class AttestationCounter {
  /** What was counted, to be taken back exactly, and what could not be. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Counted(List<Votes.Added> added, List<AurigaException> refused, long[] refusedEpochs) {}

  private final ChainSpec spec;
  private final BlockLog log;
  private final Assignments assignments;
  private final Function<Epoch, EpochBook> books;
  private final long first;
  private final long minDelay;
  private final long sourceDelay;

  private final TreeMap<Long, long[][]> added = new TreeMap<>();
  private final List<AurigaException> refused = new ArrayList<>();
  private final List<Long> refusedEpochs = new ArrayList<>();
  private long[] votes = {};
  private long slot;
  private long epoch;
  private boolean deneb;

  /**
   * @param first the first epoch that is counted
   * @param books gives and begins the book of an epoch
   */
  AttestationCounter(
      ChainSpec spec,
      BlockLog log,
      Assignments assignments,
      long first,
      Function<Epoch, EpochBook> books) {
    this.spec = spec;
    this.log = log;
    this.assignments = assignments;
    this.books = books;
    this.first = first;
    this.minDelay = spec.number("MIN_ATTESTATION_INCLUSION_DELAY");
    this.sourceDelay = (long) Math.sqrt((double) spec.slotsPerEpoch());
  }

  /** Counts a block, which is not in the log yet. */
  Counted count(SignedBlockView block) {
    added.clear();
    refused.clear();
    refusedEpochs.clear();
    slot = block.slot().value();
    epoch = spec.epochOf(block.slot()).value();
    deneb = block.fork().isAtLeast(ForkName.DENEB);
    for (AttestationView attestation : block.operations().attestations()) {
      long target = attestation.data().target().epoch().value();
      if (target != epoch && target + 1 != epoch) {
        refuse(epoch, outside(attestation));
      } else if (target >= first) {
        try {
          count(attestation, target);
        } catch (CommitteeException misfit) {
          refuse(target, misfit);
        }
      }
    }
    List<Votes.Added> all = new ArrayList<>(added.size());
    added.forEach((dutySlot, bits) -> all.add(complete(dutySlot, bits)));
    return new Counted(
        all, List.copyOf(refused), refusedEpochs.stream().mapToLong(Long::longValue).toArray());
  }

  private Votes.Added complete(long dutySlot, long[][] bits) {
    long of = dutySlot / spec.slotsPerEpoch();
    int number = (int) (dutySlot % spec.slotsPerEpoch());
    return books.apply(new Epoch(of)).slot(number).complete(slot, of, number, bits);
  }

  private void count(AttestationView attestation, long target) {
    Committees committees = assignments.of(new Epoch(target));
    EpochBook book = books.apply(new Epoch(target));
    AttestationData data = attestation.data();
    long dutySlot = data.slot().value();
    int number = (int) (dutySlot - target * spec.slotsPerEpoch());
    int size = number >= 0 && number < spec.slotsPerEpoch() ? committees.slotSize(number) : 0;
    votes = votes.length == Votes.words(size) ? votes : new long[Votes.words(size)];
    Arrays.fill(votes, 0);
    committees.addAttesters(attestation, votes);
    long delay = slot - dutySlot;
    if (delay < minDelay || (!deneb && delay > spec.slotsPerEpoch())) {
      refuse(target, outside(attestation));
      return;
    }
    Votes all = book.slot(number);
    long[][] fresh = added.computeIfAbsent(dutySlot, _ -> Votes.newBits(size));
    all.add(Votes.INCLUDED, votes, fresh);
    if (delay <= sourceDelay) {
      all.add(Votes.SOURCE, votes, fresh);
    }
    long targetSlot = target * spec.slotsPerEpoch();
    if (!data.target().root().equals(log.rootAt(targetSlot))) {
      return;
    }
    // Timely at any delay from Deneb on; before, what is later than an epoch's slots was refused.
    all.add(Votes.TARGET, votes, fresh);
    if (delay == minDelay && data.beaconBlockRoot().equals(log.rootAt(dutySlot))) {
      all.add(Votes.HEAD, votes, fresh);
    }
  }

  private void refuse(long ofEpoch, AurigaException reason) {
    refused.add(reason);
    if (ofEpoch >= first) {
      refusedEpochs.add(ofEpoch);
    }
  }

  private AurigaException outside(AttestationView attestation) {
    return new AurigaException(
        AccountingError.OUTSIDE_WINDOW,
        "count an attestation of slot "
            + attestation.data().slot()
            + " and target epoch "
            + attestation.data().target().epoch(),
        "it is in the block of slot " + Long.toUnsignedString(slot));
  }
}
