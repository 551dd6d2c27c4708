@NullMarked
package io.auriga.chain;

import org.jspecify.annotations.NullMarked;
