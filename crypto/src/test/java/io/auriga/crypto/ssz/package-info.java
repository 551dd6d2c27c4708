@NullMarked
package io.auriga.crypto.ssz;

import org.jspecify.annotations.NullMarked;
