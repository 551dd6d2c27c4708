/**
 * The tokens of the Engine API's authenticated port (execution-apis, {@code
 * src/engine/authentication.md}): HS256 alone, fresh to a minute.
 */
@NullMarked
package io.auriga.sync.relay.jwt;

import org.jspecify.annotations.NullMarked;
