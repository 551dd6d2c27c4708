/** Time that can be stepped, scaled and waited for. */
@NullMarked
package io.auriga.testkit.time;

import org.jspecify.annotations.NullMarked;
