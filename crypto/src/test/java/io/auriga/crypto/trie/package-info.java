@NullMarked
package io.auriga.crypto.trie;

import org.jspecify.annotations.NullMarked;
