/** Era files of simulated chains. */
@NullMarked
package io.auriga.testkit.era;

import org.jspecify.annotations.NullMarked;
