@NullMarked
package io.auriga.withdrawals.statement;

import org.jspecify.annotations.NullMarked;
