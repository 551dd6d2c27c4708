/**
 * What every role needs around its work: starting and stopping in order.
 *
 * <p>Good starting point: {@link io.auriga.runtime.Lifecycle}. The packages below hold the rest,
 * one subject each: {@code store}, {@code http}, {@code metrics}, {@code config} and {@code
 * logging}.
 */
@NullMarked
package io.auriga.runtime;

import org.jspecify.annotations.NullMarked;
