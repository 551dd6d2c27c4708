/** The follower and the ledger together, on recorded and on simulated chains. */
@NullMarked
package io.auriga.app.follow;

import org.jspecify.annotations.NullMarked;
