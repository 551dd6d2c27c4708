/**
 * A chain in a box: from a recording, from a seed, or broken on purpose.
 *
 * <p>Good starting points: {@link io.auriga.testkit.replay.Replay}, which serves a recorded chain
 * as real nodes would, and {@code io.auriga.testkit.simulation.SimulatedChain}, which makes one up.
 */
@NullMarked
package io.auriga.testkit;

import org.jspecify.annotations.NullMarked;
