@NullMarked
package io.auriga.crypto.hash;

import org.jspecify.annotations.NullMarked;
