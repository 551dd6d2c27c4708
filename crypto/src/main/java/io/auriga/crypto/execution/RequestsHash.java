package io.auriga.crypto.execution;

import io.auriga.crypto.hash.Sha256;
import io.auriga.types.Root;
import java.util.List;

/** The {@code requestsHash} of EIP-7685, in execution headers from Prague on. */
public final class RequestsHash {
  private RequestsHash() {}

  /**
   * The SHA-256 of each request list's SHA-256.
   *
   * @param typePrefixedRequests a type byte and its data each, in ascending order of type; those
   *     without data do not count
   */
  public static Root of(List<byte[]> typePrefixedRequests) {
    return Root.of(
        Sha256.hash(
            typePrefixedRequests.stream()
                .filter(request -> request.length > 1)
                .map(request -> Sha256.hash(request))
                .toArray(byte[][]::new)));
  }
}
