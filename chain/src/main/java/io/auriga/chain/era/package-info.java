/**
 * History in files: era files, which hold the blocks of {@code SLOTS_PER_HISTORICAL_ROOT} slots and
 * the state that proves them, read and written.
 */
@NullMarked
package io.auriga.chain.era;

import org.jspecify.annotations.NullMarked;
