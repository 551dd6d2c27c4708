@NullMarked
package io.auriga.crypto.rlp;

import org.jspecify.annotations.NullMarked;
