/**
 * A chain and its nodes, made up from a seed: the same seed, the same bytes and the same trouble.
 *
 * <p>Good starting points: {@link io.auriga.testkit.simulation.SimulatedChain}, the truth; {@link
 * io.auriga.testkit.simulation.SimulatedBeaconNode}, which tells it more or less faithfully; {@link
 * io.auriga.testkit.simulation.Oracle}, which compares a ledger with it.
 *
 * <p>Two concepts to know. The whole story of a chain, reorgs and finality included, is written
 * before it begins; time only decides how much of it a node knows. And signatures are random bytes,
 * but every root, hash and index is genuine.
 */
@NullMarked
package io.auriga.testkit.simulation;

import org.jspecify.annotations.NullMarked;
