/**
 * A recorded chain, served by real HTTP servers as a consensus and an execution client would have
 * served it at that moment.
 *
 * <p>Good starting points: {@link io.auriga.testkit.replay.Replay} runs a recording; {@link
 * io.auriga.testkit.replay.Timeline} knows what a node knew at any time.
 *
 * <p>Two concepts to know. Everything is a function of the recording and of the {@link
 * io.auriga.testkit.time.PacedTime}: the servers hold no state, so a replay can be paused, sped up
 * and begun anew. And an {@link io.auriga.testkit.replay.BeaconQuirks} makes the consensus side as
 * awkward as real clients are.
 */
@NullMarked
package io.auriga.testkit.replay;

import org.jspecify.annotations.NullMarked;
