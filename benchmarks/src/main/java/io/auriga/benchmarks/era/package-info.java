/** Blocks a second out of era files. */
@NullMarked
package io.auriga.benchmarks.era;

import org.jspecify.annotations.NullMarked;
