@NullMarked
package io.auriga.withdrawals.kind;

import org.jspecify.annotations.NullMarked;
