package io.auriga.crypto.execution;

import io.auriga.types.Root;

/** What Cancun added to execution headers (EIP-4844, EIP-4788). Gas amounts are unsigned. */
public record BlobFields(long blobGasUsed, long excessBlobGas, Root parentBeaconBlockRoot) {}
