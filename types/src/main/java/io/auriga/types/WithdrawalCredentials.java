package io.auriga.types;

import java.util.Optional;

/**
 * Where a validator's money goes, and by its first byte how much of it stays. All 32 bytes are
 * kept: the protocol reads the address from the last twenty and does not look at those between.
 */
public sealed interface WithdrawalCredentials {
  int ADDRESS_OFFSET = Hash32.LENGTH - Address.LENGTH;

  /** The 32 bytes as the chain holds them. */
  Root bytes();

  /** {@code 0x00}: the hash of a BLS key. Nothing is paid before they were changed. */
  record Bls(Root bytes) implements WithdrawalCredentials {}

  /** {@code 0x01}: an address; what is above 32 ether is paid out. */
  record Execution(Root bytes) implements WithdrawalCredentials {}

  /** {@code 0x02}: an address; what is above 2048 ether is paid out. Since Electra. */
  record Compounding(Root bytes) implements WithdrawalCredentials {}

  /** A first byte that no supported fork gives a meaning. */
  record Unknown(Root bytes) implements WithdrawalCredentials {}

  static WithdrawalCredentials of(Root bytes) {
    return switch (bytes.toBytes()[0]) {
      case 0x00 -> new Bls(bytes);
      case 0x01 -> new Execution(bytes);
      case 0x02 -> new Compounding(bytes);
      default -> new Unknown(bytes);
    };
  }

  /** Credentials of this first byte and address. */
  static WithdrawalCredentials of(int prefix, Address address) {
    byte[] bytes = new byte[Hash32.LENGTH];
    bytes[0] = (byte) prefix;
    address.copyTo(bytes, ADDRESS_OFFSET);
    return of(Root.of(bytes));
  }

  /** The address that is paid; empty where there is none. */
  default Optional<Address> address() {
    return switch (this) {
      case Execution(Root bytes) -> Optional.of(Address.at(bytes.toBytes(), ADDRESS_OFFSET));
      case Compounding(Root bytes) -> Optional.of(Address.at(bytes.toBytes(), ADDRESS_OFFSET));
      case Bls _, Unknown _ -> Optional.empty();
    };
  }
}
