/**
 * The consensus layer's encoding, read where it lies.
 *
 * <p>Good starting points: {@link io.auriga.crypto.ssz.BlockSchemas}, what blocks of each fork look
 * like, and {@link io.auriga.crypto.ssz.SignedBlockView}, one block.
 *
 * <p>A {@link io.auriga.crypto.ssz.SszSchema} describes a type; {@link
 * io.auriga.crypto.ssz.SszValidator}, {@link io.auriga.crypto.ssz.SszHasher}, {@link
 * io.auriga.crypto.ssz.SszView} and {@link io.auriga.crypto.ssz.SszWriter} check, hash, read and
 * write bytes of it. There is no object per field or per element.
 */
@NullMarked
package io.auriga.crypto.ssz;

import org.jspecify.annotations.NullMarked;
