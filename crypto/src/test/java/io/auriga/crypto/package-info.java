@NullMarked
package io.auriga.crypto;

import org.jspecify.annotations.NullMarked;
