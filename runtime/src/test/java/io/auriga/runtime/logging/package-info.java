@NullMarked
package io.auriga.runtime.logging;

import org.jspecify.annotations.NullMarked;
