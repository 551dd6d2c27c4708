/**
 * Numbers for Prometheus, under names that follow one rule.
 *
 * <p>Good starting point: {@link io.auriga.runtime.metrics.Metrics}, which every feature's own
 * {@code …Metrics} class is constructed with. Nothing here is static: two runs in one process count
 * apart.
 */
@NullMarked
package io.auriga.runtime.metrics;

import org.jspecify.annotations.NullMarked;
