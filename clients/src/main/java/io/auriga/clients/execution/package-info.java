/**
 * Ask an execution client, over JSON-RPC.
 *
 * <p>Good starting point: {@link io.auriga.clients.execution.ExecutionNode}.
 */
@NullMarked
package io.auriga.clients.execution;

import org.jspecify.annotations.NullMarked;
