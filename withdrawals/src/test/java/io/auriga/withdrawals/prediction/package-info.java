@NullMarked
package io.auriga.withdrawals.prediction;

import org.jspecify.annotations.NullMarked;
