package io.auriga.types;

/**
 * One withdrawal of EIP-4895: {@code amount} Gwei leave the beacon chain for {@code address}. The
 * execution layer credits {@code amount} × 10^9 wei, unconditionally, without running code.
 *
 * <p>Equal in the beacon block and in the execution block ({@code Withdrawal}, capella/
 * beacon-chain.md; 44 bytes of SSZ).
 */
public record Withdrawal(
    WithdrawalIndex index, ValidatorIndex validatorIndex, Address address, Gwei amount) {}
