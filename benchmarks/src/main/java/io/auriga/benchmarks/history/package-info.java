/** How fast history of mainnet's shape is loaded, and how fast it answers then. */
@NullMarked
package io.auriga.benchmarks.history;

import org.jspecify.annotations.NullMarked;
