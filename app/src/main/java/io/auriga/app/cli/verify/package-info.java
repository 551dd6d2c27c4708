/**
 * {@code withdrawals verify}: one block in one file, opened as what it holds and checked without a
 * node, a store or a network.
 *
 * <p>Good starting points: {@link io.auriga.app.cli.verify.BlockFileVerifier}, which reads like the
 * steps a file goes through, and {@link io.auriga.app.cli.verify.FileReport}, which is what comes
 * out. {@link io.auriga.app.cli.verify.ExecutionBlockFile} is what an execution block's file says,
 * whichever form it has.
 */
@NullMarked
package io.auriga.app.cli.verify;

import org.jspecify.annotations.NullMarked;
