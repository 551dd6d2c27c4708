/** Tests of the documentation: what it says is run, asked for, or looked up. */
@NullMarked
package io.auriga.app.docs;

import org.jspecify.annotations.NullMarked;
