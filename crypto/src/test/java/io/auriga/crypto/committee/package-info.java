@NullMarked
package io.auriga.crypto.committee;

import org.jspecify.annotations.NullMarked;
