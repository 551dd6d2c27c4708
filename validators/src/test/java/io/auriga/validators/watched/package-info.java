@NullMarked
package io.auriga.validators.watched;

import org.jspecify.annotations.NullMarked;
