/** Snappy: the compression of the consensus layer's files and messages, raw and framed. */
@NullMarked
package io.auriga.crypto.snappy;

import org.jspecify.annotations.NullMarked;
