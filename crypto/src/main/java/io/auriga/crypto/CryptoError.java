package io.auriga.crypto;

import io.auriga.types.ErrorCode;

/** Failures of reading and verifying encoded data. */
public enum CryptoError implements ErrorCode {
  RLP_MALFORMED(
      "AUR-CRYPTO-RLP-MALFORMED",
      "Bytes that should be RLP are not, or are not in the one form that is allowed.",
      "Check that the input is whole and is what it is said to be; if a node sent it, ask another"),
  SSZ_MALFORMED(
      "AUR-CRYPTO-SSZ-MALFORMED",
      "Bytes that should be SSZ of the named type are not.",
      "Check that the input is whole and of the named fork and preset; if a node sent it, ask"
          + " another"),
  SNAPPY_MALFORMED(
      "AUR-CRYPTO-SNAPPY-MALFORMED",
      "Bytes that should be compressed with Snappy are not, are damaged, or unpack to too much.",
      "Get the file again from where it came from; a checksum that does not match means damage"),
  INTERCHANGE_MALFORMED(
      "AUR-CRYPTO-INTERCHANGE-MALFORMED",
      "A file that should be a slashing protection interchange (EIP-3076, version 5) is not one.",
      "Export it again from the validator client, whole; nothing of it was used"),
  INTERCHANGE_OTHER_CHAIN(
      "AUR-CRYPTO-INTERCHANGE-OTHER-CHAIN",
      "A slashing protection interchange is of another chain than the one it is used with.",
      "Use the export of a validator client on the same network; nothing of it was used"),
  NOT_SHANGHAI(
      "AUR-CRYPTO-NOT-SHANGHAI",
      "An execution block is older than Shanghai, so that it has no withdrawals at all.",
      "Nothing: withdrawals begin with Shanghai"),
  UNSUPPORTED_HEADER(
      "AUR-CRYPTO-UNSUPPORTED-HEADER",
      "An execution header has a number of fields that this version cannot verify.",
      "Upgrade Auriga to a version that knows the fork; until then nothing of it is stored");

  private final String code;
  private final String meaning;
  private final String remedy;

  CryptoError(String code, String meaning, String remedy) {
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
