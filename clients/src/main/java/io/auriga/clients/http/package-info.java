/**
 * One node's HTTP address: limits, deadlines, credentials, and what to make of a bad answer.
 *
 * <p>Good starting point: {@link io.auriga.clients.http.HttpEndpoint}.
 */
@NullMarked
package io.auriga.clients.http;

import org.jspecify.annotations.NullMarked;
