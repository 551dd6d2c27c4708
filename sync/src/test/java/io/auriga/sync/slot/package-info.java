@NullMarked
package io.auriga.sync.slot;

import org.jspecify.annotations.NullMarked;
