package io.auriga.clients.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An {@link SSLContext} from PEM files. */
final class TlsContext {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  // The key store lives in memory only, and its format wants some password.
  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private TlsContext() {}

  static SSLContext of(TlsFiles files) throws IOException, GeneralSecurityException {
    TrustManager @Nullable [] trust = null;
    if (files.trust() != null) {
      trust = trustManagers(files.trust());
    }
    KeyManager @Nullable [] keys = null;
    if (files.clientCertificate() != null && files.clientKey() != null) {
      keys = keyManagers(files.clientCertificate(), files.clientKey());
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static TrustManager[] trustManagers(Path file)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        privateKey(keyFile),
        IN_MEMORY,
        certificates(certificateFile).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> certificates;
    try {
      certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    } catch (CertificateException malformed) {
      throw new CertificateException(
          file + " holds no certificates (PEM): " + malformed.getMessage(), malformed);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in " + file);
    }
    return certificates;
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    // Any byte is a character of it, so that a file in another form gets the message below.
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new InvalidKeySpecException(
          "no unencrypted PKCS #8 key (BEGIN PRIVATE KEY) in " + file);
    }
    PKCS8EncodedKeySpec encoded;
    try {
      encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidKeySpecException("the key in " + file + " is not whole base64", malformed);
    }
    InvalidKeySpecException lastRefusal = null;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException anotherAlgorithm) {
        lastRefusal = anotherAlgorithm;
      }
    }
    throw new InvalidKeySpecException(
        "the key in " + file + " is none of " + KEY_ALGORITHMS, lastRefusal);
  }
}
