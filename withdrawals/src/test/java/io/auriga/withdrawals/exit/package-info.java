@NullMarked
package io.auriga.withdrawals.exit;

import org.jspecify.annotations.NullMarked;
