@NullMarked
package io.auriga.validators.accounting;

import org.jspecify.annotations.NullMarked;
