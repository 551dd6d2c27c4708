package io.auriga.clients;

import io.auriga.types.ErrorCode;

/** Failures of asking a node. */
public enum ClientError implements ErrorCode {
  TIMEOUT(
      "AUR-CLIENT-TIMEOUT",
      "A node did not give its whole answer within the deadline.",
      "See whether the node is busy, syncing or behind a slow link; raise the request deadline only"
          + " if it is healthy"),
  UNREACHABLE(
      "AUR-CLIENT-UNREACHABLE",
      "No connection to a node, or it broke before the answer was whole.",
      "See that the node runs and that its address and port are right and open to this machine"),
  STATUS(
      "AUR-CLIENT-STATUS",
      "A node answered with an HTTP status that means failure.",
      "Read the node's own log at that moment; the message shows how its answer begins"),
  UNAUTHORIZED(
      "AUR-CLIENT-UNAUTHORIZED",
      "A node refused our credentials (401 or 403).",
      "Compare the configured token or password file with what the node or its proxy expects"),
  REDIRECTED(
      "AUR-CLIENT-REDIRECTED",
      "A node answered with a redirect, which is never followed so that credentials stay where they"
          + " belong.",
      "Configure the address that the redirect names if you trust it"),
  MALFORMED(
      "AUR-CLIENT-MALFORMED",
      "A node's answer is not what its API promises.",
      "See that the address is that of the node's API and not of a proxy or another service; then"
          + " report it to the node's makers"),
  TOO_LARGE(
      "AUR-CLIENT-TOO-LARGE",
      "A node's answer is larger than the limit.",
      "See that the address is that of the node's API; raise the endpoint's body limit only if the"
          + " answer is genuine"),
  TOO_DEEP(
      "AUR-CLIENT-TOO-DEEP",
      "A node's JSON is nested deeper than the limit.",
      "See that the address is that of the node's API; no genuine answer is nested so deep"),
  BREAKER_OPEN(
      "AUR-CLIENT-BREAKER-OPEN",
      "A node failed several times in a row and is left alone for a moment.",
      "Look at the failure named; the node is tried again by itself"),
  BUSY(
      "AUR-CLIENT-BUSY",
      "Too many requests to one node are under way, and none ended in time.",
      "See whether the node is slow; raise the endpoint's limit of concurrent requests if it is"
          + " not"),
  INTERRUPTED(
      "AUR-CLIENT-INTERRUPTED",
      "A request was given up because the process is stopping.",
      "Nothing, if the process was stopped on purpose"),
  CLOSED("AUR-CLIENT-CLOSED", "The client was closed.", "Nothing: the process is stopping"),
  WRONG_NETWORK(
      "AUR-CLIENT-WRONG-NETWORK",
      "The configured nodes are not all on one network.",
      "Configure consensus and execution nodes of the same network; the message names both values"
          + " and nodes"),
  WRONG_VERSION(
      "AUR-CLIENT-WRONG-VERSION",
      "A node names another fork for a block than the fork schedule does.",
      "Upgrade the node; see that a proxy before it does not change or cache answers"),
  UNSUPPORTED_FORK(
      "AUR-CLIENT-UNSUPPORTED-FORK",
      "A node sent a block of a fork that this version cannot verify.",
      "Upgrade Auriga to a version that knows the fork"),
  UNSUPPORTED_ROUTE(
      "AUR-CLIENT-UNSUPPORTED-ROUTE",
      "A node does not serve a route or method that is needed.",
      "Upgrade the node, or enable the API's namespace in its settings"),
  RPC_ERROR(
      "AUR-CLIENT-RPC-ERROR",
      "An execution node answered a call with a JSON-RPC error.",
      "Read the error that the message repeats; a pruned block needs a node that keeps it"),
  NOT_SHANGHAI(
      "AUR-CLIENT-NOT-SHANGHAI",
      "An execution block is from before Shanghai, or its node does not know Shanghai.",
      "If the block is from after Shanghai, upgrade the execution node"),
  ALL_NODES_FAILED(
      "AUR-CLIENT-ALL-NODES-FAILED",
      "None of the configured nodes answered.",
      "Look at the failure of each node that the message lists"),
  BAD_ENDPOINT(
      "AUR-CLIENT-BAD-ENDPOINT",
      "The settings of a node cannot be used.",
      "Correct the named setting or file");

  private final String code;
  private final String meaning;
  private final String remedy;

  ClientError(String code, String meaning, String remedy) {
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
