/**
 * Withdrawals of a chain as large as mainnet, without its states: see {@link
 * io.auriga.testkit.sweep.SimulatedSweep}.
 */
@NullMarked
package io.auriga.testkit.sweep;

import org.jspecify.annotations.NullMarked;
