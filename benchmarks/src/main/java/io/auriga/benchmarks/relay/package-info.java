/** What the Engine API relay adds to a call. */
@NullMarked
package io.auriga.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
