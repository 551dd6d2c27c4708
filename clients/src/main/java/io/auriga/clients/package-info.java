@NullMarked
package io.auriga.clients;

import org.jspecify.annotations.NullMarked;
