/**
 * JSON-RPC 2.0 on {@code /rpc}: withdrawals over the verified ledger, in the forms that execution
 * clients use. {@code eth_getWithdrawals} is Auriga's own extension, not part of the standard.
 *
 * <p>Good starting points: {@link io.auriga.app.web.rpc.RpcEndpoint} for the protocol and {@link
 * io.auriga.app.web.rpc.RpcMethods} for what can be called.
 */
@NullMarked
package io.auriga.app.web.rpc;

import org.jspecify.annotations.NullMarked;
