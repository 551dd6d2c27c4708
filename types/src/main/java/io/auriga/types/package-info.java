/**
 * The words of the protocol, and their arithmetic.
 *
 * <p>Good starting points: {@link io.auriga.types.Withdrawal}, the thing this product is about, and
 * {@link io.auriga.types.ChainSpec}, the parameters and the fork schedule of one network.
 *
 * <p>Two concepts to know. Every {@code uint64} of the protocol is a {@code long} holding the raw
 * bits inside a type of its own, read as unsigned; {@link io.auriga.types.UInt64} has the wire
 * forms. And every failure a person may see is an {@link io.auriga.types.AurigaException} with a
 * stable code.
 */
@NullMarked
package io.auriga.types;

import org.jspecify.annotations.NullMarked;
