package io.auriga.clients.consensus;

/**
 * What a node said of a state.
 *
 * @param optimistic whether the node says that its execution client has not verified the block of
 *     the state; false also where it does not say
 * @param finalized whether the node says that the state is final; false also where it does not say
 */
public record StateAnswer<T>(T data, boolean optimistic, boolean finalized) {}
