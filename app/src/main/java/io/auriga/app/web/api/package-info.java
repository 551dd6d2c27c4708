/**
 * The REST interface under {@code /api/v1}: JSON in the conventions of the Beacon API (numbers as
 * decimal strings, bytes as {@code 0x} hex), in an envelope of {@code data} and {@code meta}.
 *
 * <p>Good starting point: {@link io.auriga.app.web.api.RestApi}. What each route takes and gives is
 * said in {@code openapi.json}, which a test compares with the routes and with their answers.
 */
@NullMarked
package io.auriga.app.web.api;

import org.jspecify.annotations.NullMarked;
