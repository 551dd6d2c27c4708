/**
 * Ask a consensus client, over the Beacon API.
 *
 * <p>Good starting point: {@link io.auriga.clients.consensus.BeaconNode}.
 */
@NullMarked
package io.auriga.clients.consensus;

import org.jspecify.annotations.NullMarked;
