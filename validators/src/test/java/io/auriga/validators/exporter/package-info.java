@NullMarked
package io.auriga.validators.exporter;

import org.jspecify.annotations.NullMarked;
