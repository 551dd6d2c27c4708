package io.auriga.clients.execution;

/** What an execution client tells of accounts and logs, beside blocks. */
public interface ExecutionQueries extends ExecutionLogs, ExecutionBalances {
  /** What to call the node in messages and metrics; holds no secret. */
  String name();
}
