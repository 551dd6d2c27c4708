/**
 * The follower: verified blocks in order, with reorgs and finality.
 *
 * <p>Good starting points: {@link io.auriga.chain.Follower}, which reads the nodes, and {@link
 * io.auriga.chain.ChainStore}, which it tells.
 *
 * <p>Two concepts to know. A {@link io.auriga.chain.ChainUpdate} is one step of the chain, what was
 * undone before what is new, and is committed whole or not at all, together with the position it
 * leads to. And nothing enters an update unverified: block root, header hash, withdrawals roots,
 * and the execution layer's own copy where it has one.
 */
@NullMarked
package io.auriga.chain;

import org.jspecify.annotations.NullMarked;
