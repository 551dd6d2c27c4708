package io.auriga.crypto.ssz;

/** The kinds of requests that the execution layer hands to the consensus layer (EIP-7685). */
public enum ExecutionRequestType {
  DEPOSIT(0x00, "deposits"),
  WITHDRAWAL(0x01, "withdrawals"),
  CONSOLIDATION(0x02, "consolidations");

  private final byte prefix;
  private final String field;

  ExecutionRequestType(int prefix, String field) {
    this.prefix = (byte) prefix;
    this.field = field;
  }

  /** The byte before the request's data. */
  public byte prefix() {
    return prefix;
  }

  /** The field of {@code ExecutionRequests} with requests of this type. */
  public String field() {
    return field;
  }
}
