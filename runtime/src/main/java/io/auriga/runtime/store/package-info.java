/**
 * Where a role keeps what must survive it: SQLite in one folder by default, PostgreSQL by URL.
 *
 * <p>Good starting points: {@link io.auriga.runtime.store.Store} and {@link
 * io.auriga.runtime.store.Migrations}.
 *
 * <p>Two concepts to know. A <em>transaction</em> is the only way to write: what it did is there
 * after it returned, whatever happens to the process then, and nothing of it is there if it threw.
 * And SQL is written once, in the <em>common subset</em> of both databases: {@code BIGINT}, {@code
 * TEXT} and {@code BYTEA} columns (SQLite keeps a blob of any declared type as it is), {@code ON
 * CONFLICT … DO UPDATE}, {@code RETURNING} and partial indexes; no booleans, no database clock, no
 * generated keys. Amounts in Gwei are {@code BIGINT}, wei are decimal {@code TEXT}.
 */
@NullMarked
package io.auriga.runtime.store;

import org.jspecify.annotations.NullMarked;
