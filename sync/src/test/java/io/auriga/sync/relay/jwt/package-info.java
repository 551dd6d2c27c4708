@NullMarked
package io.auriga.sync.relay.jwt;

import org.jspecify.annotations.NullMarked;
