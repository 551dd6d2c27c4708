/**
 * The slashing watch: double votes, surround votes and double proposals, found the moment the
 * second message is seen. Nothing here signs or publishes anything.
 *
 * <p>Start at {@link io.auriga.validators.slashing.VoteHistory}, which remembers the votes of a
 * whole network and compares each new one with all before.
 */
@NullMarked
package io.auriga.validators.slashing;

import org.jspecify.annotations.NullMarked;
