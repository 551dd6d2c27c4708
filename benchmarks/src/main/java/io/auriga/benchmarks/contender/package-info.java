/**
 * One side of a comparison: a process that does named tasks on files it is given, as often as it is
 * told. {@code benchmarks/peers} starts one for each piece of software and takes turns with them.
 */
@NullMarked
package io.auriga.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
