package io.auriga.app.web.rpc;

import io.auriga.types.AurigaException;
import io.auriga.types.ErrorCode;
import java.util.Optional;

/** A call that ends with an error object. */
final class RpcException extends RuntimeException {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;

  /** For what is not the caller's fault and may pass. */
  static final int SERVER_ERROR = -32000;

  /** What execution clients answer for history they have pruned. */
  static final int HISTORY_PRUNED = 4444;

  private static final long serialVersionUID = 1;

  private final int code;
  private final transient Optional<ErrorCode> reason;

  private RpcException(int code, Optional<ErrorCode> reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static RpcException of(int code, String message) {
    return new RpcException(code, Optional.empty(), message);
  }

  static RpcException of(int code, ErrorCode reason, String message) {
    return new RpcException(code, Optional.of(reason), message);
  }

  static RpcException invalidParams(String message) {
    return of(INVALID_PARAMS, message);
  }

  static RpcException internal(AurigaException failure) {
    return of(INTERNAL_ERROR, failure.errorCode(), String.valueOf(failure.getMessage()));
  }

  int code() {
    return code;
  }

  /** Auriga's own code with its remedy, where there is one. */
  Optional<ErrorCode> reason() {
    return reason;
  }
}
