@NullMarked
package io.auriga.historyflink;

import org.jspecify.annotations.NullMarked;
