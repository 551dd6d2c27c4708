@NullMarked
package io.auriga.runtime.http;

import org.jspecify.annotations.NullMarked;
