/**
 * Whether a consensus and an execution node keep up with the chain together, and what passes
 * between them.
 *
 * <p>Good starting points: the packages {@code relay}, {@code slot} and {@code watch}.
 */
@NullMarked
package io.auriga.sync;

import org.jspecify.annotations.NullMarked;
