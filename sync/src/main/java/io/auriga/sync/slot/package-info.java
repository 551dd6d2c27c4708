/**
 * What happened in a slot, when, and who was late: one verdict for each slot and each pair of a
 * consensus and an execution client.
 *
 * <p>Good starting points: {@link io.auriga.sync.slot.SlotView} is what was seen, {@link
 * io.auriga.sync.slot.Classifier} judges it, {@link io.auriga.sync.slot.Verdict} is what it can
 * say.
 */
@NullMarked
package io.auriga.sync.slot;

import org.jspecify.annotations.NullMarked;
