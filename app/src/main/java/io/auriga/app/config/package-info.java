/**
 * What a user can configure: {@link io.auriga.app.config.AurigaConfig} and its parts, and {@link
 * io.auriga.app.config.NetworkConfigFile}, the file that describes a network.
 */
@NullMarked
package io.auriga.app.config;

import org.jspecify.annotations.NullMarked;
