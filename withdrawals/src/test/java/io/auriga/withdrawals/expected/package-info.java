@NullMarked
package io.auriga.withdrawals.expected;

import org.jspecify.annotations.NullMarked;
