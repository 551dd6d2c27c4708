@NullMarked
package io.auriga.validators.rewards;

import org.jspecify.annotations.NullMarked;
