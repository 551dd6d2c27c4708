@NullMarked
package io.auriga.validators.slo;

import org.jspecify.annotations.NullMarked;
