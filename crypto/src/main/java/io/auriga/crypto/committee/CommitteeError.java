package io.auriga.crypto.committee;

import io.auriga.types.ErrorCode;

/** Attestations and committees that do not fit one another. */
public enum CommitteeError implements ErrorCode {
  WRONG_EPOCH(
      "AUR-CRYPTO-ATTESTATION-EPOCH",
      "An attestation's slot is not in the epoch of its target, or in none that was asked for.",
      "No valid block carries it; ask another node for the block"),
  BAD_INDEX(
      "AUR-CRYPTO-ATTESTATION-INDEX",
      "An attestation names its committees, and its committee number is not 0 all the same.",
      "No valid block carries it; ask another node for the block"),
  NO_SUCH_COMMITTEE(
      "AUR-CRYPTO-ATTESTATION-COMMITTEE",
      "An attestation names a committee that its slot does not have, or none at all.",
      "Either the block is invalid or the set of active validators is out of date: compare with"
          + " the committees of the node"),
  BITS_MISMATCH(
      "AUR-CRYPTO-ATTESTATION-BITS",
      "An attestation has more or fewer bits than its committees have members.",
      "Either the block is invalid or the set of active validators is out of date: compare with"
          + " the committees of the node"),
  EMPTY_COMMITTEE(
      "AUR-CRYPTO-ATTESTATION-EMPTY",
      "An attestation names a committee of which nobody voted.",
      "No valid block carries it; ask another node for the block"),
  DO_NOT_ADD_UP(
      "AUR-CRYPTO-COMMITTEES-SUM",
      "Committees as a node lists them do not make an epoch: one is missing, twice there, of a"
          + " wrong size, or has a validator that another has too.",
      "Ask another node; committees computed from the shuffle do not need the list");

  private final String code;
  private final String meaning;
  private final String remedy;

  CommitteeError(String code, String meaning, String remedy) {
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
