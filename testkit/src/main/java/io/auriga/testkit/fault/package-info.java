/**
 * A network that breaks on purpose.
 *
 * <p>Good starting point: {@link io.auriga.testkit.fault.FaultProxy}.
 */
@NullMarked
package io.auriga.testkit.fault;

import org.jspecify.annotations.NullMarked;
