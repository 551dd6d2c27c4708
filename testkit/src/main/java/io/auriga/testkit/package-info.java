@NullMarked
package io.auriga.testkit;

import org.jspecify.annotations.NullMarked;
