/**
 * Brings history into the ledger: from era files, many at a time, and from a beacon node in ranges.
 *
 * <p>Good starting point: {@link io.auriga.app.history.HistoryImport}. Concept to know: one piece
 * of work is loaded whole or not at all and says what it came to; what cannot be used is passed
 * over, and only a failure of the store or of the nodes ends the import.
 */
@NullMarked
package io.auriga.app.history;

import org.jspecify.annotations.NullMarked;
