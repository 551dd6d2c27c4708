@NullMarked
package io.auriga.benchmarks;

import org.jspecify.annotations.NullMarked;
