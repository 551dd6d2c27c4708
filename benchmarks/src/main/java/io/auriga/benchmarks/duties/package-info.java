/** Duties of a whole network, at mainnet's size. */
@NullMarked
package io.auriga.benchmarks.duties;

import org.jspecify.annotations.NullMarked;
