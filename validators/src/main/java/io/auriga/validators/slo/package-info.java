/**
 * Objectives: what share of duties is to be done, how much of the error budget is left, how fast it
 * is spent, and whether that can be chance. Counts are whole numbers per epoch; probabilities are
 * exact binomial tails, for one validator as for a million.
 *
 * <p>Good starting points: {@link io.auriga.validators.slo.SloReports} makes a report of counts,
 * {@link io.auriga.validators.slo.SloKeeper} keeps the counts, and {@link
 * io.auriga.validators.slo.Binomial} is the statistics.
 */
@NullMarked
package io.auriga.validators.slo;

import org.jspecify.annotations.NullMarked;
