/**
 * Verdicts as they are kept and shown.
 *
 * <p>Good starting points: {@link io.auriga.sync.record.SlotRecord}, {@link
 * io.auriga.sync.record.SlotStore}.
 */
@NullMarked
package io.auriga.sync.record;

import org.jspecify.annotations.NullMarked;
