/**
 * How events reach the operator: a constant sentence and key=value pairs on standard error, as text
 * or as JSON.
 *
 * <p>Good starting point: {@link io.auriga.runtime.logging.Logging}.
 */
@NullMarked
package io.auriga.runtime.logging;

import org.jspecify.annotations.NullMarked;
