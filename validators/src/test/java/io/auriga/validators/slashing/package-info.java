@NullMarked
package io.auriga.validators.slashing;

import org.jspecify.annotations.NullMarked;
