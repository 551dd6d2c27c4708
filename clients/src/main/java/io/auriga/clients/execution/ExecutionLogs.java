package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import java.util.List;

/**
 * The logs that an execution client keeps. Every method blocks the (virtual) thread until the
 * answer or the deadline, and throws {@link NodeException} when there is no usable answer. Nothing
 * it says is verified.
 */
public interface ExecutionLogs {
  /** Logs of one contract in this very block, in their order. */
  List<ExecutionLog> logs(BlockHash block, Address contract);

  /** Logs of one contract in canonical blocks, in their order. */
  List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract);
}
