/**
 * When validators that leave are out: the exit queue of Capella to Fulu, from a state or from what
 * a node lists, and what asking to leave now would come to.
 */
@NullMarked
package io.auriga.withdrawals.exit;

import org.jspecify.annotations.NullMarked;
