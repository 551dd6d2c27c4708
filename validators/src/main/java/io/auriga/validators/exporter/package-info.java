/**
 * The duties of validators as metrics, for Prometheus. Usable by itself: give an {@link
 * io.auriga.validators.exporter.Exporter} the epochs that {@code accounting} counts and the
 * validators that are watched, and serve what {@link io.auriga.runtime.metrics.Exposition} writes.
 */
@NullMarked
package io.auriga.validators.exporter;

import org.jspecify.annotations.NullMarked;
