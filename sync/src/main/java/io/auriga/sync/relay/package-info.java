/**
 * The Engine API relay: between a consensus client and its execution clients.
 *
 * <p>Good starting point: {@link io.auriga.sync.relay.Relay}.
 */
@NullMarked
package io.auriga.sync.relay;

import org.jspecify.annotations.NullMarked;
