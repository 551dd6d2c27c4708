@NullMarked
package io.auriga.sync.relay.http;

import org.jspecify.annotations.NullMarked;
