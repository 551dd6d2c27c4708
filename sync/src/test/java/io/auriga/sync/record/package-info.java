@NullMarked
package io.auriga.sync.record;

import org.jspecify.annotations.NullMarked;
