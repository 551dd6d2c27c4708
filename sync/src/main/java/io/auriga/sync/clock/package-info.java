/**
 * Time: by a clock that never jumps, and how far a node's clock is from ours.
 *
 * <p>Good starting points: {@link io.auriga.sync.clock.SteadyClock}, {@link
 * io.auriga.sync.clock.ClockFilter}.
 */
@NullMarked
package io.auriga.sync.clock;

import org.jspecify.annotations.NullMarked;
