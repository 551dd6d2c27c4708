/** The two hash functions of the chain. */
@NullMarked
package io.auriga.crypto.hash;

import org.jspecify.annotations.NullMarked;
