package io.auriga.runtime.http;

import io.auriga.types.ErrorCode;

/** What a caller of our own HTTP endpoint can get wrong, and what the endpoint can fail at. */
public enum HttpError implements ErrorCode {
  BAD_REQUEST(
      400,
      "AUR-HTTP-BAD-REQUEST",
      "The request has a part that cannot be understood.",
      "Correct the part that the message names"),
  UNAUTHORIZED(
      401,
      "AUR-HTTP-UNAUTHORIZED",
      "The route needs a token, and none or another was given.",
      "Send the header Authorization: Bearer <token> with the token from the configured file"),
  FOREIGN_HOST(
      403,
      "AUR-HTTP-FOREIGN-HOST",
      "The request names a host that this endpoint does not serve.",
      "Use the address that Auriga printed, or add the name to http.allowed-hosts"),
  FOREIGN_ORIGIN(
      403,
      "AUR-HTTP-FOREIGN-ORIGIN",
      "A web page of another origin tried to send data.",
      "Send such requests from a program, or from Auriga's own pages"),
  NOT_FOUND(
      404,
      "AUR-HTTP-NOT-FOUND",
      "There is nothing at the path, or no such thing as was asked for.",
      "Check the path and its parameters against the API document"),
  METHOD_NOT_ALLOWED(
      405,
      "AUR-HTTP-METHOD-NOT-ALLOWED",
      "The path exists, but not for this method.",
      "Use one of the methods in the answer's Allow header"),
  BODY_TOO_LARGE(
      413,
      "AUR-HTTP-BODY-TOO-LARGE",
      "The body of the request is larger than the endpoint takes.",
      "Split the request"),
  PATH_TOO_LONG(
      414,
      "AUR-HTTP-PATH-TOO-LONG",
      "The path with its query is longer than the endpoint takes.",
      "Ask for less at once"),
  INTERNAL(
      500,
      "AUR-HTTP-INTERNAL",
      "Auriga failed while it made the answer; its log has the cause.",
      "Look in Auriga's log at the time of the request, and report it"),
  BUSY(
      503,
      "AUR-HTTP-BUSY",
      "As many requests or event streams are under way as the endpoint takes.",
      "Try again in a moment, or raise the limit"),
  TIMEOUT(
      503,
      "AUR-HTTP-TIMEOUT",
      "The answer was not ready within the time allowed.",
      "Ask for a smaller range"),
  CANNOT_LISTEN(
      500,
      "AUR-HTTP-CANNOT-LISTEN",
      "The endpoint cannot listen on its address.",
      "Stop what uses the port, or configure another address or port");

  private final int status;
  private final String code;
  private final String meaning;
  private final String remedy;

  HttpError(int status, String code, String meaning, String remedy) {
    this.status = status;
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
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
