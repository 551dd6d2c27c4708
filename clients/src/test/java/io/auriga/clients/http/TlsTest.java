package io.auriga.clients.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    KeyStore serverKeys = generate("server", "EC");
    pem(serverKeys, "server");
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      pem(generate("client-" + algorithm, algorithm), "client-" + algorithm);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      trusted.setCertificateEntry(
          algorithm, generated("client-" + algorithm).getCertificate("key"));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(serverKeys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var session = ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            NodeServer.send(exchange, 200, "text/plain", peerOf(session));
          }
        });
    server.start();
  }

  private static String peerOf(javax.net.ssl.SSLSession session) {
    try {
      return session.getPeerPrincipal().getName();
    } catch (javax.net.ssl.SSLPeerUnverifiedException nobody) {
      return "nobody";
    }
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static KeyStore generate(String name, String algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    return generated(name);
  }

  private static KeyStore generated(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void pem(KeyStore store, String name) throws Exception {
    Certificate certificate = store.getCertificate("key");
    write(name + ".crt", "CERTIFICATE", certificate.getEncoded());
    write(name + ".key", "PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded());
  }

  private static void write(String file, String type, byte[] content) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + type
            + "-----\n");
  }

  private static EndpointConfig config() {
    return EndpointConfig.of(URI.create("https://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static String get(TlsFiles tls) {
    try (HttpEndpoint endpoint = new HttpEndpoint(config().withTls(tls))) {
      return new String(
          endpoint.get("/", "*/*", "say who we are").body(),
          java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void trustsTheCertificatesOfAFile() {
    assertThat(get(new TlsFiles(folder.resolve("server.crt"), null, null))).isEqualTo("nobody");
  }

  @Test
  void agreeingOnKeysIsMeasuredBesideOpeningTheConnection() {
    ConnectProbe.Timing timing =
        ConnectProbe.measure(
                config().withTls(new TlsFiles(folder.resolve("server.crt"), null, null)))
            .orElseThrow();
    assertThat(timing.tls()).hasValueSatisfying(tls -> assertThat(tls).isPositive());
    assertThat(ConnectProbe.measure(config())).as("a server that is not trusted").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void identifiesItselfWithACertificate(String algorithm) {
    String name = "client-" + algorithm;
    assertThat(
            get(
                new TlsFiles(
                    folder.resolve("server.crt"),
                    folder.resolve(name + ".crt"),
                    folder.resolve(name + ".key"))))
        .isEqualTo("CN=" + name);
  }

  @Test
  void refusesAServerThatThePlatformDoesNotTrust() {
    assertThatThrownBy(() -> get(TlsFiles.platform()))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("TLS: ")
        .extracting(e -> ((NodeException) e).error())
        .isEqualTo(ClientError.UNREACHABLE);
  }

  @Test
  void saysWhichFileIsUnusable() {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    for (TlsFiles unusable :
        List.of(
            new TlsFiles(folder.resolve("absent.crt"), null, null),
            new TlsFiles(key, null, null),
            new TlsFiles(null, certificate, certificate))) {
      assertThatThrownBy(() -> get(unusable))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("load the TLS files")
          .hasMessageNotContaining("MII")
          .extracting(e -> ((NodeException) e).error())
          .isEqualTo(ClientError.BAD_ENDPOINT);
    }
  }

  @Test
  void wantsCertificateAndKeyTogether() {
    assertThatThrownBy(() -> new TlsFiles(null, folder.resolve("server.crt"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhichKeyOrCertificateIsDamagedOrInAnotherForm() throws IOException {
    Path certificate = folder.resolve("server.crt");
    Path der = Files.write(folder.resolve("der.key"), new byte[] {0x30, (byte) 0x82, (byte) 0xff});
    Path cut =
        Files.writeString(
            folder.resolve("cut.key"),
            "-----BEGIN PRIVATE KEY-----\nMIIEv\n-----END PRIVATE KEY-----\n");
    Path noCertificate =
        Files.writeString(
            folder.resolve("broken.crt"),
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    for (TlsFiles unusable :
        List.of(
            new TlsFiles(null, certificate, der),
            new TlsFiles(null, certificate, cut),
            new TlsFiles(noCertificate, null, null))) {
      Path named = unusable.clientKey() != null ? unusable.clientKey() : noCertificate;
      assertThatThrownBy(() -> get(unusable))
          .isInstanceOfSatisfying(
              NodeException.class,
              failure -> assertThat(failure.error()).isEqualTo(ClientError.BAD_ENDPOINT))
          .hasMessageContaining(named.getFileName().toString());
    }
  }
}
