/**
 * Auriga as a process, beside real nodes: run by {@code ./mvnw verify -Pintegration}.
 *
 * <p>Good starting points: {@link io.auriga.app.integration.LiveChainIT} on the devnet, {@link
 * io.auriga.app.integration.GeneratedChainIT} on a recording.
 *
 * <p>Two concepts to know. Auriga is started by its launcher and asked over its REST interface
 * only. What is right is said by readers of the nodes that share no code with it: {@link
 * io.auriga.app.integration.BeaconReader}, {@link io.auriga.app.integration.ExecutionReader}.
 */
@NullMarked
package io.auriga.app.integration;

import org.jspecify.annotations.NullMarked;
