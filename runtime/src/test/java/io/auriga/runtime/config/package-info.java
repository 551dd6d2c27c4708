@NullMarked
package io.auriga.runtime.config;

import org.jspecify.annotations.NullMarked;
