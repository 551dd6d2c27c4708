package io.auriga.sync.relay;

import io.auriga.types.ErrorCode;

/** Failures of the relay. A consensus client reads the code in the message of a JSON-RPC error. */
public enum RelayError implements ErrorCode {
  LISTEN(
      "AUR-RELAY-LISTEN",
      "The relay cannot listen on its address.",
      "Choose another relay.port, or end the program that uses it"),
  UNAUTHORIZED(
      "AUR-RELAY-UNAUTHORIZED",
      "A consensus client came without a token that the relay accepts; nothing was passed on.",
      "Give the consensus client the file of relay.jwt-secret-file, and set both clocks"),
  BAD_REQUEST(
      "AUR-RELAY-BAD-REQUEST",
      "A request is no clean HTTP/1.1, or longer than what is taken; nothing was passed on.",
      "Look at what sends it; no known consensus client does"),
  UNREACHABLE(
      "AUR-RELAY-UNREACHABLE",
      "No execution client takes a connection.",
      "Start the execution client, or correct its address under relay.execution"),
  TIMEOUT(
      "AUR-RELAY-TIMEOUT",
      "An execution client did not answer within twice the time that the Engine API allows.",
      "Look at the execution client's load and log; it may hang"),
  BROKEN_ANSWER(
      "AUR-RELAY-BROKEN-ANSWER",
      "An execution client ended before its answer was whole, or answered what is no HTTP.",
      "Look at the execution client's log; it may have restarted"),
  EXECUTION_TOKEN(
      "AUR-RELAY-EXECUTION-TOKEN",
      "An execution client does not accept the relay's token.",
      "Give the relay the execution client's secret (relay.execution.jwt-secret-file), and set both"
          + " clocks"),
  SECOND_WRITER(
      "AUR-RELAY-SECOND-WRITER",
      "A second consensus client wants to set the fork choice while the first still does.",
      "Let one consensus client write; another takes over once the first is silent for"
          + " relay.writer-silence"),
  NO_AGREEMENT(
      "AUR-RELAY-NO-AGREEMENT",
      "The execution clients do not agree on a payload, or too few answered.",
      "Compare the execution clients' logs at that block; until they agree, SYNCING is answered and"
          + " nobody attests on it"),
  DISAGREEMENT(
      "AUR-RELAY-DISAGREEMENT",
      "One execution client calls a payload valid that another calls invalid.",
      "Stop and find out which is right: one of them has a defect or a broken database"),
  BUSY(
      "AUR-RELAY-BUSY",
      "More connections than the relay takes at once.",
      "Look for a client that opens connections and does not close them"),
  NO_WEBSOCKET(
      "AUR-RELAY-NO-WEBSOCKET",
      "There is no WebSocket: the execution client has none at that address, or there are several"
          + " of them, which only HTTP keeps in step.",
      "Use http:// in the consensus client's address of the relay");

  private final String code;
  private final String meaning;
  private final String remedy;

  RelayError(String code, String meaning, String remedy) {
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
