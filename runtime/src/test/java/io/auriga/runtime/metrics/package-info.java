@NullMarked
package io.auriga.runtime.metrics;

import org.jspecify.annotations.NullMarked;
