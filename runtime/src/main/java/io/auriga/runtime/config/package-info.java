/**
 * Configuration from a YAML file, environment variables and the command line, read once at the
 * start.
 *
 * <p>Good starting points: {@link io.auriga.runtime.config.ConfigTree} and {@link
 * io.auriga.runtime.config.Key}.
 *
 * <p>Two concepts to know. A component declares its <em>keys</em> with a description and a default,
 * and the reference page is made from them. And a key that nothing asked for is an error: a
 * misspelt limit must not silently be the default.
 */
@NullMarked
package io.auriga.runtime.config;

import org.jspecify.annotations.NullMarked;
