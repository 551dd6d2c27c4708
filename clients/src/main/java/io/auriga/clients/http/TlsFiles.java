package io.auriga.clients.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings beside the platform's own trust, each a PEM file.
 *
 * @param trust certificates to trust instead of the platform's; null for the platform's
 * @param clientCertificate the chain to identify ourselves with; null for none
 * @param clientKey its unencrypted PKCS #8 key; null for none
 */
public record TlsFiles(
    @Nullable Path trust, @Nullable Path clientCertificate, @Nullable Path clientKey) {
  public TlsFiles {
    if ((clientCertificate == null) != (clientKey == null)) {
      throw new IllegalArgumentException("a client certificate and its key must be given together");
    }
  }

  public static TlsFiles platform() {
    return new TlsFiles(null, null, null);
  }

  boolean isPlatform() {
    return trust == null && clientCertificate == null;
  }
}
