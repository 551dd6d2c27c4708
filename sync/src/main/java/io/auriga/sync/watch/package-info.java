/**
 * Gathers what nodes and the relay show of each slot, and has it judged.
 *
 * <p>Good starting points: {@link io.auriga.sync.watch.SlotWatch}, {@code SlotBook}.
 */
@NullMarked
package io.auriga.sync.watch;

import org.jspecify.annotations.NullMarked;
