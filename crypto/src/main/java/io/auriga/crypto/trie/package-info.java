/** The execution layer's roots of lists. */
@NullMarked
package io.auriga.crypto.trie;

import org.jspecify.annotations.NullMarked;
