package io.auriga.crypto.slashing;

import io.auriga.types.Epoch;
import io.auriga.types.Slot;

/** Whether a message may be signed, and if not, by which rule of EIP-3076 and beside what. */
public sealed interface SigningVerdict {
  /** Nothing stands against it. */
  record Safe() implements SigningVerdict {}

  /** The very same message was signed before; signing it again is harmless. */
  record Repeated() implements SigningVerdict {}

  /** It must not be signed. */
  sealed interface Refused extends SigningVerdict {
    /** The stable name of the rule: {@code double-vote}. */
    String rule();
  }

  /** Another block was signed for the same slot, or one whose signing root is not known. */
  record DoubleProposal(SignedBlock earlier) implements Refused {
    @Override
    public String rule() {
      return "double-proposal";
    }
  }

  /** Another vote was signed for the same target, or one whose signing root is not known. */
  record DoubleVote(SignedAttestation earlier) implements Refused {
    @Override
    public String rule() {
      return "double-vote";
    }
  }

  /** The vote would lie around an earlier one. */
  record Surrounding(SignedAttestation earlier) implements Refused {
    @Override
    public String rule() {
      return "surrounding-vote";
    }
  }

  /** The vote would lie within an earlier one. */
  record Surrounded(SignedAttestation earlier) implements Refused {
    @Override
    public String rule() {
      return "surrounded-vote";
    }
  }

  /** What was signed at the slot or below is not known. */
  record BlockBelowWatermark(Slot watermark) implements Refused {
    @Override
    public String rule() {
      return "block-below-watermark";
    }
  }

  /** What was signed below the source, or at the target or below, is not known. */
  record VoteBelowWatermark(Epoch source, Epoch target) implements Refused {
    @Override
    public String rule() {
      return "vote-below-watermark";
    }
  }

  /** A vote's source must not be later than its target. */
  record SourceAfterTarget() implements Refused {
    @Override
    public String rule() {
      return "source-after-target";
    }
  }

  /** Whether it may be signed. */
  default boolean isSafe() {
    return !(this instanceof Refused);
  }

  /** A sentence for a person. */
  default String summary() {
    return switch (this) {
      case Safe() -> "nothing recorded stands against it";
      case Repeated() -> "the same message was signed before";
      case DoubleProposal(var earlier) -> "a second block for its slot, beside the " + earlier;
      case DoubleVote(var earlier) -> "a second vote for its target, beside the " + earlier;
      case Surrounding(var earlier) -> "it surrounds the " + earlier;
      case Surrounded(var earlier) -> "it is surrounded by the " + earlier;
      case BlockBelowWatermark(var slot) ->
          "its slot is not above " + slot + ", up to which nothing more may be signed";
      case VoteBelowWatermark(var source, var target) ->
          "its source is below "
              + source
              + " or its target not above "
              + target
              + ", up to which nothing more may be signed";
      case SourceAfterTarget() -> "its source is later than its target";
    };
  }
}
