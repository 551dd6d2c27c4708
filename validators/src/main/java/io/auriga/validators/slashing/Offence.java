package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;

/** Two messages of one validator that together may be slashed. */
public sealed interface Offence {
  ValidatorIndex validator();

  /** Two votes for one target that differ in anything. */
  record DoubleVote(ValidatorIndex validator, Vote earlier, AttestationData later)
      implements Offence {}

  /** One vote around another; which came first does not matter. */
  record SurroundVote(
      ValidatorIndex validator, Vote earlier, AttestationData later, boolean laterIsAround)
      implements Offence {}

  /** Two blocks for one slot. */
  record DoubleProposal(ValidatorIndex validator, Slot slot, Root earlier, Root later)
      implements Offence {}

  /**
   * Others have the proof of an offence, and publish it.
   *
   * @param forVotes whether for two votes, and not for two blocks
   * @param slot of what was done
   */
  record Accused(ValidatorIndex validator, boolean forVotes, Slot slot) implements Offence {}

  /** The stable name: {@code double-vote}. */
  default String kind() {
    return switch (this) {
      case DoubleVote _ -> "double-vote";
      case SurroundVote _ -> "surround-vote";
      case DoubleProposal _ -> "double-proposal";
      case Accused(_, var forVotes, _) -> forVotes ? "attester-slashing" : "proposer-slashing";
    };
  }

  /** A sentence for a person. */
  default String summary() {
    return switch (this) {
      case DoubleVote(var validator, _, var later) ->
          "validator %s voted twice for target epoch %s"
              .formatted(validator, later.target().epoch());
      case SurroundVote(var validator, var earlier, var later, var around) ->
          "validator %s voted %s, which %s its earlier vote %s"
              .formatted(
                  validator,
                  span(later.source().epoch(), later.target().epoch()),
                  around ? "surrounds" : "is surrounded by",
                  span(earlier.source().epoch(), earlier.target().epoch()));
      case DoubleProposal(var validator, var slot, _, _) ->
          "validator %s proposed two blocks for slot %s".formatted(validator, slot);
      case Accused(var validator, var forVotes, var slot) ->
          "validator %s is accused of two %s, at slot %s"
              .formatted(validator, forVotes ? "votes" : "blocks", slot);
    };
  }

  private static String span(Epoch source, Epoch target) {
    return source + " → " + target;
  }
}
