@NullMarked
package io.auriga.runtime.store;

import org.jspecify.annotations.NullMarked;
