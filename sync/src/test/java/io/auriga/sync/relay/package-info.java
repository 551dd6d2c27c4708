@NullMarked
package io.auriga.sync.relay;

import org.jspecify.annotations.NullMarked;
