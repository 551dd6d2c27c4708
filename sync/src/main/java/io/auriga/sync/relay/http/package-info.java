/**
 * HTTP/1.1 as a relay needs it (RFC 9112): heads are read strictly, since what two parties read
 * differently can carry a hidden request; bodies pass in pieces and are never gathered.
 *
 * <p>Good starting point: {@link io.auriga.sync.relay.http.Wire}.
 */
@NullMarked
package io.auriga.sync.relay.http;

import org.jspecify.annotations.NullMarked;
