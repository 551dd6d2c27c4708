@NullMarked
package io.auriga.crypto.execution;

import org.jspecify.annotations.NullMarked;
