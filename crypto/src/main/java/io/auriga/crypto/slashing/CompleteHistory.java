package io.auriga.crypto.slashing;

import io.auriga.crypto.slashing.SigningVerdict.BlockBelowWatermark;
import io.auriga.crypto.slashing.SigningVerdict.DoubleProposal;
import io.auriga.crypto.slashing.SigningVerdict.DoubleVote;
import io.auriga.crypto.slashing.SigningVerdict.Repeated;
import io.auriga.crypto.slashing.SigningVerdict.Safe;
import io.auriga.crypto.slashing.SigningVerdict.SourceAfterTarget;
import io.auriga.crypto.slashing.SigningVerdict.Surrounded;
import io.auriga.crypto.slashing.SigningVerdict.Surrounding;
import io.auriga.crypto.slashing.SigningVerdict.VoteBelowWatermark;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The complete strategy of EIP-3076: everything signed is kept, so that whatever is not slashable
 * and above the oldest record may be signed. Each check takes logarithmic time.
 *
 * <p><b>Surrounding votes without a scan.</b> A new vote surrounds an earlier one exactly if, among
 * the votes with a lower target, the highest source is above its own; and it is surrounded exactly
 * if, among those with a higher target, the lowest source is below its own. Both extremes change
 * only at some votes: {@link #highestSources} keeps each vote whose source is above those of all
 * votes with lower targets, {@link #lowestSources} each whose source is below those of all with
 * higher targets. Along both, sources rise with targets, so the neighbour of a target is the
 * answer.
 */
public final class CompleteHistory implements SigningHistory {
  private final NavigableMap<Slot, Set<SignedBlock>> blocks = new TreeMap<>();
  private final NavigableMap<Epoch, Set<SignedAttestation>> votes = new TreeMap<>();
  private final NavigableMap<Epoch, SignedAttestation> highestSources = new TreeMap<>();
  private final NavigableMap<Epoch, SignedAttestation> lowestSources = new TreeMap<>();
  private @Nullable BlockBelowWatermark blockFloor;
  private @Nullable VoteBelowWatermark voteFloor;

  @Override
  public SigningVerdict check(SignedBlock block) {
    Set<SignedBlock> sameSlot = blocks.getOrDefault(block.slot(), Set.of());
    for (SignedBlock earlier : sameSlot) {
      if (!block.isRepeatOf(earlier)) {
        return new DoubleProposal(earlier);
      }
    }
    if (!sameSlot.isEmpty()) {
      return new Repeated();
    }
    if (blockFloor != null && block.slot().compareTo(blockFloor.watermark()) <= 0) {
      return blockFloor;
    }
    return new Safe();
  }

  @Override
  public SigningVerdict check(SignedAttestation vote) {
    if (vote.source().compareTo(vote.target()) > 0) {
      return new SourceAfterTarget();
    }
    var within = highestSources.lowerEntry(vote.target());
    if (within != null && vote.surrounds(within.getValue())) {
      return new Surrounding(within.getValue());
    }
    var around = lowestSources.higherEntry(vote.target());
    if (around != null && around.getValue().surrounds(vote)) {
      return new Surrounded(around.getValue());
    }
    Set<SignedAttestation> sameTarget = votes.getOrDefault(vote.target(), Set.of());
    for (SignedAttestation earlier : sameTarget) {
      if (!vote.isRepeatOf(earlier)) {
        return new DoubleVote(earlier);
      }
    }
    if (!sameTarget.isEmpty()) {
      return new Repeated();
    }
    if (voteFloor != null
        && (vote.source().compareTo(voteFloor.source()) < 0
            || vote.target().compareTo(voteFloor.target()) <= 0)) {
      return voteFloor;
    }
    return new Safe();
  }

  @Override
  public void merge(Collection<SignedBlock> moreBlocks, Collection<SignedAttestation> moreVotes) {
    if (blockFloor == null) {
      blockFloor =
          moreBlocks.stream()
              .map(SignedBlock::slot)
              .min(Comparator.naturalOrder())
              .map(BlockBelowWatermark::new)
              .orElse(null);
    }
    if (voteFloor == null && !moreVotes.isEmpty()) {
      Comparator<Epoch> order = Comparator.naturalOrder();
      voteFloor =
          new VoteBelowWatermark(
              moreVotes.stream().map(SignedAttestation::source).min(order).orElseThrow(),
              moreVotes.stream().map(SignedAttestation::target).min(order).orElseThrow());
    }
    moreBlocks.forEach(this::add);
    moreVotes.forEach(this::add);
  }

  /** Whatever is below the floor is refused in any case; kept, it would lower an export's floor. */
  private void add(SignedBlock block) {
    if (blockFloor == null || block.slot().compareTo(blockFloor.watermark()) >= 0) {
      blocks.merge(block.slot(), Set.of(block), CompleteHistory::union);
    }
  }

  private void add(SignedAttestation vote) {
    boolean forbidsNothingMore =
        voteFloor != null
            && vote.target().compareTo(voteFloor.target()) < 0
            && vote.source().compareTo(voteFloor.source()) <= 0;
    if (forbidsNothingMore) {
      return;
    }
    votes.merge(vote.target(), Set.of(vote), CompleteHistory::union);
    var lower = highestSources.floorEntry(vote.target());
    if (lower == null || lower.getValue().source().compareTo(vote.source()) < 0) {
      highestSources.put(vote.target(), vote);
      var next = highestSources.higherEntry(vote.target());
      while (next != null && next.getValue().source().compareTo(vote.source()) <= 0) {
        highestSources.remove(next.getKey());
        next = highestSources.higherEntry(vote.target());
      }
    }
    var higher = lowestSources.ceilingEntry(vote.target());
    if (higher == null || higher.getValue().source().compareTo(vote.source()) > 0) {
      lowestSources.put(vote.target(), vote);
      var next = lowestSources.lowerEntry(vote.target());
      while (next != null && next.getValue().source().compareTo(vote.source()) >= 0) {
        lowestSources.remove(next.getKey());
        next = lowestSources.lowerEntry(vote.target());
      }
    }
  }

  /** Nearly always there is one for a slot or target, and then no table is needed. */
  private static <T> Set<T> union(Set<T> known, Set<T> more) {
    if (known.containsAll(more)) {
      return known;
    }
    Set<T> all = known.size() == 1 ? new LinkedHashSet<>(known) : known;
    all.addAll(more);
    return all;
  }

  @Override
  public List<SignedBlock> blocks() {
    return blocks.values().stream().flatMap(Set::stream).toList();
  }

  @Override
  public List<SignedAttestation> attestations() {
    return votes.values().stream().flatMap(Set::stream).toList();
  }
}
