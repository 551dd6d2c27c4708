@NullMarked
package io.auriga.crypto.verify;

import org.jspecify.annotations.NullMarked;
