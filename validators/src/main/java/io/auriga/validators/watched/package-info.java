/**
 * Who is watched: validators by index, by public key and by the address that they pay to, with
 * labels and groups that an operator gave them. One notion for all features: accounting,
 * objectives, statements and predictions ask here whom a name stands for.
 *
 * <p>Good starting points: {@link io.auriga.validators.watched.WatchList} is what a person wrote,
 * {@link io.auriga.validators.watched.Watched} is what the chain makes of it, and {@link
 * io.auriga.validators.watched.WatchKeeper} keeps the second true to the first.
 */
@NullMarked
package io.auriga.validators.watched;

import org.jspecify.annotations.NullMarked;
