package io.auriga.clients;

import io.auriga.types.AurigaException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A node could not be asked, or gave no usable answer: what was asked of which endpoint, what came,
 * and what to do. The message holds no secret: the endpoint is named by its masked address.
 */
public final class NodeException extends AurigaException {
  private static final long serialVersionUID = 1;
  private static final int NO_STATUS = -1;

  private final ClientError clientError;
  private final String endpoint;
  private final int status;
  private final @Nullable String rpcCode;

  /**
   * @param endpoint the name of the node, without secrets
   * @param asked what was asked, from which "Cannot … from ENDPOINT:" reads on
   */
  public NodeException(ClientError error, String endpoint, String asked, String problem) {
    this(error, endpoint, asked, problem, null);
  }

  public NodeException(
      ClientError error, String endpoint, String asked, String problem, @Nullable Throwable cause) {
    this(error, endpoint, asked, problem, NO_STATUS, null, error.remedy(), cause);
  }

  private NodeException(
      ClientError error,
      String endpoint,
      String asked,
      String problem,
      int status,
      @Nullable String rpcCode,
      String remedy,
      @Nullable Throwable cause) {
    super(error, asked + " from " + endpoint, problem, remedy, cause);
    this.clientError = error;
    this.endpoint = endpoint;
    this.status = status;
    this.rpcCode = rpcCode;
  }

  /** A failure told by an HTTP status. */
  public static NodeException ofStatus(
      ClientError error, String endpoint, String asked, int status, String problem) {
    return new NodeException(error, endpoint, asked, problem, status, null, error.remedy(), null);
  }

  /** An answer that is a JSON-RPC error with this code. */
  public static NodeException ofRpcError(
      String endpoint, String asked, String rpcCode, String problem) {
    ClientError error = ClientError.RPC_ERROR;
    return new NodeException(
        error, endpoint, asked, problem, NO_STATUS, rpcCode, error.remedy(), null);
  }

  /** A failure with a remedy that fits better than the code's own. */
  public static NodeException withRemedy(
      ClientError error, String endpoint, String asked, String problem, String remedy) {
    return new NodeException(error, endpoint, asked, problem, NO_STATUS, null, remedy, null);
  }

  /** What a failure says, or at least what it is: some of the platform's have no message. */
  public static String detailOf(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  public ClientError error() {
    return clientError;
  }

  /** The node that was asked, without secrets. */
  public String endpoint() {
    return endpoint;
  }

  /** The HTTP status, if an answer with a failing one came. */
  public OptionalInt status() {
    return status == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The code of the JSON-RPC error, such as {@code -32602}, if the answer was one. */
  public Optional<String> rpcCode() {
    return Optional.ofNullable(rpcCode);
  }
}
