/**
 * Reads a few fields of JSON as it passes by, in bounded memory, from pieces cut anywhere.
 *
 * <p>Good starting point: {@link io.auriga.sync.relay.scan.JsonScanner}.
 */
@NullMarked
package io.auriga.sync.relay.scan;

import org.jspecify.annotations.NullMarked;
