@NullMarked
package io.auriga.sync.relay.scan;

import org.jspecify.annotations.NullMarked;
