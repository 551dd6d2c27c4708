package io.auriga.clients.consensus;

import io.auriga.types.Slot;

/**
 * How far a consensus client has come: three different troubles in one answer.
 *
 * @param syncDistance slots behind, by the node's own clock
 * @param optimistic the head is not verified by the execution client
 * @param executionOffline the execution client is not reachable; false where a node does not tell
 */
public record SyncStatus(
    Slot headSlot,
    long syncDistance,
    boolean syncing,
    boolean optimistic,
    boolean executionOffline) {}
