/** The slashing watch over a whole network. */
@NullMarked
package io.auriga.benchmarks.slashing;

import org.jspecify.annotations.NullMarked;
