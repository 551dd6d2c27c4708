/** How many blocks a second go from recorded bytes to committed rows, and where the time goes. */
@NullMarked
package io.auriga.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
