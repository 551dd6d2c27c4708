/** How the node clients ask: many questions at once, a slow node, calling off. */
@NullMarked
package io.auriga.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
