/**
 * RLP, SSZ, Merkle-Patricia and Keccak: how both layers of the chain prove what they say. No input
 * or output.
 *
 * <p>Good starting points: {@link io.auriga.crypto.verify.BlockVerifier}, which checks one beacon
 * block, {@link io.auriga.crypto.ssz.SignedBlockView}, which reads it where it lies, and {@link
 * io.auriga.crypto.execution.ExecutionHeader}, the identity of an execution block.
 *
 * <p>Two concepts to know. A <em>root</em> of the consensus layer is an SSZ hash-tree-root
 * (SHA-256), one of the execution layer is a Merkle-Patricia root (Keccak-256); the same list of
 * withdrawals has one of each, and they differ. And bytes from outside are checked once, by {@link
 * io.auriga.crypto.ssz.SszValidator} or the strict {@link io.auriga.crypto.rlp.RlpReader}; what
 * reads them afterwards relies on it.
 */
@NullMarked
package io.auriga.crypto;

import org.jspecify.annotations.NullMarked;
