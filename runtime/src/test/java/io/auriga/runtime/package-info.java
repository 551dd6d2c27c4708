@NullMarked
package io.auriga.runtime;

import org.jspecify.annotations.NullMarked;
