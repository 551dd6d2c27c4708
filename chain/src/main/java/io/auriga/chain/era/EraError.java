package io.auriga.chain.era;

import io.auriga.types.ErrorCode;

/** Failures of era files. A file with one of them is left out; what is in the ledger stays. */
public enum EraError implements ErrorCode {
  UNREADABLE(
      "AUR-ERA-UNREADABLE",
      "An era file cannot be read or written at all.",
      "Check that the file exists and who may read it, and the free space where files are written"),
  TRUNCATED(
      "AUR-ERA-TRUNCATED",
      "An era file ends before it is complete.",
      "Copy or download the file again; a file that is still being written is whole later"),
  MALFORMED(
      "AUR-ERA-MALFORMED",
      "A file is no era file, or its records do not follow the format.",
      "Get the file from another source; Auriga reads .era files (e2store), not .era1 or .e2hs"),
  OVERSIZED(
      "AUR-ERA-OVERSIZED",
      "A record of an era file is larger than its kind can be.",
      "Get the file from another source: the length is damaged or made up"),
  BAD_INDEX(
      "AUR-ERA-BAD-INDEX",
      "The slot index of an era file does not say where its blocks and its state are.",
      "Get the file from another source; nothing of it was used"),
  CORRUPT(
      "AUR-ERA-CORRUPT",
      "A block or the state in an era file is damaged: it does not unpack, or is not SSZ.",
      "Copy or download the file again, or get it from another source"),
  MISMATCH(
      "AUR-ERA-MISMATCH",
      "A block in an era file is not the one that the file's state proves, or contradicts itself.",
      "Get the file from another source: it was altered or made wrongly"),
  WRONG_NETWORK(
      "AUR-ERA-WRONG-NETWORK",
      "An era file belongs to another network than the one that is configured.",
      "Check where the file comes from, and the network that Auriga was given"),
  WRONG_PRESET(
      "AUR-ERA-WRONG-PRESET",
      "An era file is of the configured network, but of another preset: its eras have another"
          + " number of slots.",
      "Check the preset (PRESET_BASE, SLOTS_PER_HISTORICAL_ROOT) of the network that Auriga was"
          + " given, and what wrote the file"),
  BEFORE_CAPELLA(
      "AUR-ERA-BEFORE-CAPELLA",
      "A block is older than Capella and therefore holds no withdrawals.",
      "Nothing: withdrawals begin with Capella"),
  DUPLICATE(
      "AUR-ERA-DUPLICATE",
      "Two files hold the same era with the same content.",
      "Nothing: one of them is used"),
  CONFLICT(
      "AUR-ERA-CONFLICT",
      "Two files hold the same era with different content, so that one of them is wrong.",
      "Find out which is right and remove the other; none of the two was used"),
  NOT_FINAL(
      "AUR-ERA-NOT-FINAL",
      "An era cannot be written to a file because it is not final yet.",
      "Wait until it is: an era takes 8,192 slots on mainnet, 27 hours, and two epochs more"),
  NO_STATE(
      "AUR-ERA-NO-STATE",
      "No node serves the state at the end of an era, without which its file proves nothing.",
      "Ask a consensus node that keeps historic states (an archive node) and has its debug API on"),
  EXISTS(
      "AUR-ERA-EXISTS",
      "An era file cannot be written because there is one of that name.",
      "Remove the file, or write to another folder");

  private final String code;
  private final String meaning;
  private final String remedy;

  EraError(String code, String meaning, String remedy) {
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
