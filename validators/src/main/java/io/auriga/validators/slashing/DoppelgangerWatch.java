package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.crypto.slashing.SigningRoots;
import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.ClientAccount.Answer;
import io.auriga.validators.slashing.OwnMessages.Seen;
import io.auriga.validators.watched.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds messages of watched validators that their own client did not sign: those seen while it was
 * declared off, the moment they are seen, and those that its record would name and does not, once a
 * record goes that far. Belongs to the thread of the {@link SlashingWatch}.
 */
public final class DoppelgangerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DoppelgangerWatch.class);

  /** How often what was declared and imported is looked at. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** Where a question begins that is to find nothing. */
  private static final long NOTHING = Long.MAX_VALUE;

  private final ChainSpec spec;
  private final SlotClock clock;
  private final SigningRoots roots;
  private final Supplier<Watched> watched;
  private final VoteHistory votes;
  private final DoppelgangerBook book;
  private final SigningRecords records;
  private final SlashingMetrics metrics;
  private final Consumer<Doppelganger> alarm;
  private final DeclaredOutages outages;
  private final OwnMessages messages = new OwnMessages();
  private final Set<ValidatorIndex> fresh = new HashSet<>();
  private final Set<ValidatorIndex> remembered = new HashSet<>();
  private Map<BlsPublicKey, List<KeyReport>> reports = Map.of();
  private String stamp = "";
  private Instant next = Instant.MIN;

  /**
   * @param watched who is watched now
   * @param votes what was seen before a restart, or before somebody was watched
   * @param alarm told of each new finding, on the watch's thread
   */
  public DoppelgangerWatch(
      ChainSpec spec,
      SlotClock clock,
      SigningRoots roots,
      Supplier<Watched> watched,
      VoteHistory votes,
      Store store,
      SlashingMetrics metrics,
      Consumer<Doppelganger> alarm) {
    this.spec = spec;
    this.clock = clock;
    this.roots = roots;
    this.watched = watched;
    this.votes = votes;
    this.book = new DoppelgangerBook(store);
    this.outages = new DeclaredOutages(book);
    this.records = new SigningRecords(store);
    this.metrics = metrics;
    this.alarm = alarm;
  }

  void voted(ValidatorIndex validator, AttestationData data, String where) {
    Seen seen = messages.voted(validator, data, where, clock.now());
    fresh.add(validator);
    offenceOfAnOutage(validator, seen).ifPresent(found -> found(seen, found));
  }

  void proposed(Sighting.Proposed block) {
    messages
        .proposed(block, clock.now())
        .ifPresent(
            seen -> {
              fresh.add(block.proposer());
              offenceOfAnOutage(block.proposer(), seen).ifPresent(found -> found(seen, found));
            });
  }

  /** Looks now and then at what was declared and imported; what fails is looked at again. */
  void look() {
    if (clock.now().isBefore(next)) {
      return;
    }
    next = clock.now().plus(PAUSE);
    try {
      watched.get().validators().keySet().forEach(this::remember);
      Set<ValidatorIndex> changed = new HashSet<>(outages.read());
      String now = records.stamp();
      if (now.equals(stamp)) {
        changed.addAll(fresh);
      } else {
        reports = records.reports().stream().collect(Collectors.groupingBy(KeyReport::key));
        changed.addAll(messages.validators());
      }
      changed.forEach(this::judge);
      stamp = now;
      fresh.clear();
      metrics.judged(judged());
    } catch (AurigaException failure) {
      LOG.atWarn()
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("What clients say cannot be looked at, and is looked at again");
    }
  }

  /** Takes what was seen before a restart, or before this one was watched, as far as it fits. */
  private void remember(ValidatorIndex validator) {
    if (remembered.add(validator) && validator.value() >>> (Integer.SIZE - 1) == 0) {
      votes.tell((int) validator.value(), vote -> messages.remember(validator, vote));
      fresh.add(validator);
    }
  }

  /** Watched validators of which a client or an operator says anything. */
  private long judged() {
    return messages.validators().stream()
        .filter(validator -> outages.isOff(validator) || !reportsOf(validator).isEmpty())
        .count();
  }

  private List<KeyReport> reportsOf(ValidatorIndex validator) {
    return watched
        .get()
        .find(validator)
        .map(one -> reports.getOrDefault(one.key(), List.of()))
        .orElse(List.of());
  }

  private void judge(ValidatorIndex validator) {
    List<Seen> all = messages.of(validator);
    for (Seen seen : all) {
      offenceOfAnOutage(validator, seen).ifPresent(found -> found(seen, found));
    }
    List<KeyReport> of = reportsOf(validator);
    List<Seen> left = messages.of(validator).stream().filter(seen -> isReached(seen, of)).toList();
    if (!left.isEmpty()) {
      judge(validator, left, of);
    }
  }

  /** Whether any record goes so far that it may say something; most do not, and nothing is read. */
  private boolean isReached(Seen seen, List<KeyReport> of) {
    return of.stream()
        .anyMatch(
            report ->
                seen.isWithin(report)
                    || report
                        .told()
                        .asOf()
                        .map(asOf -> !asOf.isBefore(signedBefore(seen)))
                        .orElse(false));
  }

  private void judge(ValidatorIndex validator, List<Seen> seen, List<KeyReport> of) {
    Map<Seen, SignedAttestation> votes = new HashMap<>();
    Map<Seen, SignedBlock> blocks = new HashMap<>();
    for (Seen one : seen) {
      one.vote().ifPresent(vote -> votes.put(one, signed(vote)));
      one.block()
          .ifPresent(
              block ->
                  blocks.put(
                      one,
                      new SignedBlock(
                          block.slot(), roots.ofBlock(spec.epochOf(block.slot()), block.root()))));
    }
    KeyRecord told =
        records.since(
            of.getFirst().key(),
            votes.values().stream()
                .map(SignedAttestation::target)
                .min(Epoch::compareTo)
                .orElse(new Epoch(NOTHING)),
            blocks.values().stream()
                .map(SignedBlock::slot)
                .min(Slot::compareTo)
                .orElse(new Slot(NOTHING)));
    ClientAccount account =
        new ClientAccount(
            of,
            told.blocks(),
            told.attestations(),
            ClientAccount.areRootsOurs(told.attestations(), votes.values().stream()));
    votes.forEach((one, vote) -> take(validator, one, account.of(vote, signedBefore(one))));
    blocks.forEach((one, block) -> take(validator, one, account.of(block, signedBefore(one))));
  }

  private SignedAttestation signed(Vote vote) {
    AttestationData data = vote.data();
    return new SignedAttestation(
        vote.source().epoch(), vote.target().epoch(), data == null ? null : roots.of(data));
  }

  private void take(ValidatorIndex validator, Seen seen, Answer answer) {
    switch (answer) {
      case Answer.Signed() -> messages.forget(validator, seen);
      case Answer.Silent() -> {}
      case Answer.Denied(var reason, var said) ->
          found(seen, finding(validator, seen, reason, said));
    }
  }

  /**
   * Seen is after signed; what was seen before a restart can be in no block after the next epoch.
   */
  private Instant signedBefore(Seen seen) {
    return seen.at()
        .orElseGet(
            () ->
                clock.startOf(
                    spec.startSlotOf(new Epoch(spec.epochOf(seen.lastSlot(spec)).value() + 2))));
  }

  private Optional<Doppelganger> offenceOfAnOutage(ValidatorIndex validator, Seen seen) {
    Instant begin = clock.startOf(seen.firstSlot(spec));
    Instant end = clock.startOf(new Slot(seen.lastSlot(spec).value() + 1));
    return outages
        .over(validator, begin, end)
        .map(said -> finding(validator, seen, Doppelganger.Reason.OFF, said));
  }

  private Doppelganger finding(
      ValidatorIndex validator, Seen seen, Doppelganger.Reason reason, String said) {
    return new Doppelganger(
        validator,
        seen.kind(),
        seen.message(),
        seen.firstSlot(spec),
        reason,
        seen.where(),
        seen.at(),
        said);
  }

  private void found(Seen seen, Doppelganger found) {
    boolean isNew = book.add(found, clock.now());
    messages.forget(found.validator(), seen);
    if (!isNew) {
      return;
    }
    metrics.doppelganger(found);
    LOG.atError()
        .addKeyValue("code", SlashingError.DOPPELGANGER.code())
        .addKeyValue("validator", found.validator())
        .addKeyValue("what", found.summary())
        .addKeyValue("remedy", SlashingError.DOPPELGANGER.remedy())
        .log("Somebody else signs with the key of a watched validator");
    alarm.accept(found);
  }
}
