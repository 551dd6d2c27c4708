/** The execution layer's encoding, strict in both directions. */
@NullMarked
package io.auriga.crypto.rlp;

import org.jspecify.annotations.NullMarked;
