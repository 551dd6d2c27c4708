@NullMarked
package io.auriga.sync.clock;

import org.jspecify.annotations.NullMarked;
