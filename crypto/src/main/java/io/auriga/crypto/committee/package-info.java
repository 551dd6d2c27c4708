/**
 * Who had which duty: the shuffle that puts validators into committees, the seeds that drive it,
 * the proposers, and the seats of sync committees. Computed here, so that no node has to be asked
 * and none has to be believed.
 *
 * <p>Good starting points: {@link io.auriga.crypto.committee.Committees}, which turns the bits of
 * an attestation into validators, and {@link io.auriga.crypto.committee.Shuffling}.
 */
@NullMarked
package io.auriga.crypto.committee;

import org.jspecify.annotations.NullMarked;
