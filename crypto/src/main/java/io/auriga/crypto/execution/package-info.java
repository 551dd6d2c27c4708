/** Execution headers and blocks, and their hashes. */
@NullMarked
package io.auriga.crypto.execution;

import org.jspecify.annotations.NullMarked;
