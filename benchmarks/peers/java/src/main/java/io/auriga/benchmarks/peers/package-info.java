/** Software on the JVM that users would pick instead, doing the same work. */
@NullMarked
package io.auriga.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
