@NullMarked
package io.auriga.chain.era;

import org.jspecify.annotations.NullMarked;
