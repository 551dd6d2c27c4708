/**
 * What Auriga shows to the outside over HTTP: the REST interface, JSON-RPC, probes and the
 * dashboard.
 *
 * <p>Good starting point: {@link io.auriga.app.web.WebSurface}, which lists every route.
 *
 * <p>Two concepts to know. Everything is read from the verified ledger at the moment of the
 * request; nothing is kept here but the memory of recent reorgs and refusals. And the server alone
 * renders pages: a live page is told that something changed, asks for itself again and replaces
 * what differs, so that what is seen live is what a reload shows.
 */
@NullMarked
package io.auriga.app.web;

import org.jspecify.annotations.NullMarked;
