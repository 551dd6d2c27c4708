@NullMarked
package io.auriga.sync.watch;

import org.jspecify.annotations.NullMarked;
