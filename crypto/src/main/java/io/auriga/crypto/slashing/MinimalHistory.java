package io.auriga.crypto.slashing;

import io.auriga.crypto.slashing.SigningVerdict.BlockBelowWatermark;
import io.auriga.crypto.slashing.SigningVerdict.Safe;
import io.auriga.crypto.slashing.SigningVerdict.SourceAfterTarget;
import io.auriga.crypto.slashing.SigningVerdict.VoteBelowWatermark;
import io.auriga.types.Epoch;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The minimal strategy of EIP-3076: the highest slot, source and target ever signed are kept, and
 * only what goes beyond them may be signed. It refuses some of what would be safe, repeated
 * messages among them.
 */
public final class MinimalHistory implements SigningHistory {
  private @Nullable BlockBelowWatermark block;
  private @Nullable VoteBelowWatermark vote;

  @Override
  public SigningVerdict check(SignedBlock next) {
    if (block != null && next.slot().compareTo(block.watermark()) <= 0) {
      return block;
    }
    return new Safe();
  }

  @Override
  public SigningVerdict check(SignedAttestation next) {
    if (next.source().compareTo(next.target()) > 0) {
      return new SourceAfterTarget();
    }
    if (vote != null
        && (next.source().compareTo(vote.source()) < 0
            || next.target().compareTo(vote.target()) <= 0)) {
      return vote;
    }
    return new Safe();
  }

  @Override
  public void merge(Collection<SignedBlock> blocks, Collection<SignedAttestation> votes) {
    for (SignedBlock more : blocks) {
      if (block == null || more.slot().compareTo(block.watermark()) > 0) {
        block = new BlockBelowWatermark(more.slot());
      }
    }
    for (SignedAttestation more : votes) {
      vote =
          vote == null
              ? new VoteBelowWatermark(more.source(), more.target())
              : new VoteBelowWatermark(
                  later(vote.source(), more.source()), later(vote.target(), more.target()));
    }
  }

  private static Epoch later(Epoch one, Epoch other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public List<SignedBlock> blocks() {
    return block == null ? List.of() : List.of(new SignedBlock(block.watermark(), null));
  }

  @Override
  public List<SignedAttestation> attestations() {
    return vote == null
        ? List.of()
        : List.of(new SignedAttestation(vote.source(), vote.target(), null));
  }
}
