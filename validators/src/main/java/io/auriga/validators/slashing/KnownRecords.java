package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.KeyRecord;
import io.auriga.crypto.slashing.SignedAttestation;
import io.auriga.crypto.slashing.SignedBlock;
import io.auriga.crypto.slashing.SigningHistory;
import io.auriga.crypto.slashing.Strategy;
import io.auriga.runtime.store.Store;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** All that is known of what keys signed: what was seen of them, and what their clients told. */
public final class KnownRecords {
  private final SeenVotes seen;
  private final SigningRecords told;
  private final ProposalBook proposals;

  public KnownRecords(Store store) {
    this.seen = new SeenVotes(store);
    this.told = new SigningRecords(store);
    this.proposals = new ProposalBook(store);
  }

  /**
   * Whose record is wanted.
   *
   * @param validator empty for a key that the chain does not know
   */
  public record Key(BlsPublicKey key, Optional<ValidatorIndex> validator) {}

  /**
   * What is known of a key.
   *
   * @param isTold whether a client told anything, and not everything was only seen
   */
  public record Known(KeyRecord record, boolean isTold) {
    public boolean isEmpty() {
      return record.blocks().isEmpty() && record.attestations().isEmpty();
    }
  }

  /** Takes what is known of one key after the other. */
  @FunctionalInterface
  public interface Consumer {
    void take(Known known) throws IOException;
  }

  /** The epochs that votes were seen of. */
  public Optional<SeenVotes.Span> span() {
    return seen.span();
  }

  /**
   * Tells what is known of each key, in their order.
   *
   * @param strategy how much of it
   * @param done told now and then how many keys are done
   * @throws IOException if what is kept cannot be read, or the consumer throws it
   */
  public void forEach(List<Key> keys, Strategy strategy, Consumer to, DoubleConsumer done)
      throws IOException {
    double epochs = span().map(SeenVotes.Span::epochs).orElse(0L);
    for (int from = 0; from < keys.size(); from += SeenVotes.VALIDATORS_MAX) {
      int before = from;
      List<Key> some = keys.subList(from, Math.min(keys.size(), from + SeenVotes.VALIDATORS_MAX));
      Map<ValidatorIndex, List<SignedAttestation>> votes =
          seen.of(
              some.stream().flatMap(one -> one.validator().stream()).toList(),
              read -> done.accept(before + some.size() * Math.min(1, read / epochs)));
      for (Key one : some) {
        to.take(
            known(
                told.of(one.key()),
                one.validator().map(proposals::slotsOf).orElse(List.of()),
                one.validator().map(votes::get).orElse(List.of()),
                strategy));
      }
    }
  }

  /**
   * What was seen adds what was not told: of a vote that was, the client knows the signing root.
   */
  private static Known known(
      KeyRecord told, List<Slot> blocks, List<SignedAttestation> votes, Strategy strategy) {
    Set<Slot> toldSlots = told.blocks().stream().map(SignedBlock::slot).collect(Collectors.toSet());
    List<SignedBlock> allBlocks = new ArrayList<>(told.blocks());
    blocks.stream()
        .filter(slot -> !toldSlots.contains(slot))
        .forEach(slot -> allBlocks.add(new SignedBlock(slot, null)));
    Set<SignedAttestation> toldVotes =
        told.attestations().stream()
            .map(vote -> new SignedAttestation(vote.source(), vote.target(), null))
            .collect(Collectors.toSet());
    List<SignedAttestation> allVotes = new ArrayList<>(told.attestations());
    votes.stream().filter(vote -> !toldVotes.contains(vote)).forEach(allVotes::add);
    SigningHistory history = strategy.newHistory();
    history.merge(allBlocks, allVotes);
    return new Known(
        new KeyRecord(told.key(), history.blocks(), history.attestations()),
        !told.blocks().isEmpty() || !told.attestations().isEmpty());
  }
}
