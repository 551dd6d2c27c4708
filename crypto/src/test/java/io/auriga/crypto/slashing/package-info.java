@NullMarked
package io.auriga.crypto.slashing;

import org.jspecify.annotations.NullMarked;
