@NullMarked
package io.auriga.withdrawals;

import org.jspecify.annotations.NullMarked;
