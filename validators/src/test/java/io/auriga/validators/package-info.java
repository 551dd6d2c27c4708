@NullMarked
package io.auriga.validators;

import org.jspecify.annotations.NullMarked;
