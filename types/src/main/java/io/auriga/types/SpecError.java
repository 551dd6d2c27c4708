package io.auriga.types;

/** Failures of network configurations. */
public enum SpecError implements ErrorCode {
  UNSUPPORTED_FORK(
      "AUR-SPEC-UNSUPPORTED-FORK",
      "A block or a slot belongs to a fork that this version cannot verify.",
      "Upgrade Auriga to a version that knows the fork; until then nothing of it is stored"),
  UNKNOWN_NETWORK(
      "AUR-SPEC-UNKNOWN-NETWORK",
      "The network's name is not built in.",
      "Use mainnet, sepolia, holesky, hoodi or minimal, or the path of the network's config.yaml"),
  BAD_CONFIG(
      "AUR-SPEC-BAD-CONFIG",
      "A network configuration lacks a value, or has one that cannot be read.",
      "Compare the named key with the config.yaml that your consensus client uses");

  private final String code;
  private final String meaning;
  private final String remedy;

  SpecError(String code, String meaning, String remedy) {
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
