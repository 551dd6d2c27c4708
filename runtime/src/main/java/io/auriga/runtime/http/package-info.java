/**
 * The process's own HTTP endpoint: routes, limits, server-sent events, and nothing that guesses.
 *
 * <p>Good starting points: {@link io.auriga.runtime.http.Routes}, which a feature adds its own to,
 * and {@link io.auriga.runtime.http.HttpServerEndpoint}, which serves them.
 *
 * <p>Two concepts to know. A handler is plain blocking code on a virtual thread: it takes a {@link
 * io.auriga.runtime.http.Request} and returns a {@link io.auriga.runtime.http.Response}, or throws;
 * every failure leaves as the same JSON object with a code, a message and a remedy. And each
 * exchange has a deadline that ends it even while its thread is blocked on a slow peer.
 */
@NullMarked
package io.auriga.runtime.http;

import org.jspecify.annotations.NullMarked;
