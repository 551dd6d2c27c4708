/** Does a block prove what it says? */
@NullMarked
package io.auriga.crypto.verify;

import org.jspecify.annotations.NullMarked;
