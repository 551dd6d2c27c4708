@NullMarked
package io.auriga.app;

import org.jspecify.annotations.NullMarked;
