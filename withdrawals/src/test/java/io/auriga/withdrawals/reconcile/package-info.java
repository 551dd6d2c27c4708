@NullMarked
package io.auriga.withdrawals.reconcile;

import org.jspecify.annotations.NullMarked;
