/**
 * Whether a consensus and an execution node keep up with the chain together, and what passes
 * between them.
 *
 * <p>Good starting point: the package {@code relay}.
 */
@NullMarked
package io.auriga.sync;

import org.jspecify.annotations.NullMarked;
