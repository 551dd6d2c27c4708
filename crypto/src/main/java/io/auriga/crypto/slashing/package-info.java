/**
 * What a validator key may sign without being slashed (EIP-3076): the rules over what it signed
 * before, and the interchange format in which clients hand that on.
 *
 * <p>Start at {@link io.auriga.crypto.slashing.SigningHistory}, the record of one key, and {@link
 * io.auriga.crypto.slashing.Interchange}, the records of many. Nothing here signs, stores or locks:
 * who signs keeps a history in durable storage, and checks and records in one transaction before it
 * signs.
 */
@NullMarked
package io.auriga.crypto.slashing;

import org.jspecify.annotations.NullMarked;
