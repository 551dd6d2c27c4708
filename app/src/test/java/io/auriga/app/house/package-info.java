/** Tests of the house itself: which module may know which, and how the code is laid out. */
@NullMarked
package io.auriga.app.house;

import org.jspecify.annotations.NullMarked;
