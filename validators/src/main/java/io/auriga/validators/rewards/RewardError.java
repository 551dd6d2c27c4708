package io.auriga.validators.rewards;

import io.auriga.types.ErrorCode;

/** Why rewards are not known, or are doubted. */
public enum RewardError implements ErrorCode {
  UNAVAILABLE(
      "AUR-REWARDS-UNAVAILABLE",
      "No consensus node serves rewards, or has the state that they are computed from.",
      "Ask one that serves /eth/v1/beacon/rewards; one that keeps no old states serves them only"
          + " while the epoch is recent. Until then rewards of the epoch are unknown"),
  OTHER_BRANCH(
      "AUR-REWARDS-BRANCH",
      "A node computed rewards on another branch than the one that is followed.",
      "Nothing: it is asked again. If it lasts, the nodes do not agree on the chain"),
  IMPOSSIBLE(
      "AUR-REWARDS-IMPOSSIBLE",
      "A node named a reward that no validator can earn or lose.",
      "Check the node; rewards of the epoch are unknown"),
  DIFFER(
      "AUR-REWARDS-DIFFER",
      "A node's rewards say of a duty what its blocks do not.",
      "Compare with another node: its rewards or its blocks are wrong. Duties are counted from"
          + " blocks, whose roots were verified");

  private final String code;
  private final String meaning;
  private final String remedy;

  RewardError(String code, String meaning, String remedy) {
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
