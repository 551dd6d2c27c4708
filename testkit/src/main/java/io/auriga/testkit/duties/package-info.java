/**
 * Networks of validators that vote, from a seed: blocks full of attestations, with missed slots,
 * late, wrong and missing votes, aggregates that overlap or come in parts, and reorgs. And a
 * second, naive way of counting the duties, word for word as the specification has it, to compare
 * with.
 *
 * <p>Good starting points: {@link io.auriga.testkit.duties.DutyNetwork} and {@link
 * io.auriga.testkit.duties.NaiveDuties}.
 */
@NullMarked
package io.auriga.testkit.duties;

import org.jspecify.annotations.NullMarked;
