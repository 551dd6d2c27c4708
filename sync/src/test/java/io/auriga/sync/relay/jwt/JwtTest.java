package io.auriga.sync.relay.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.sync.relay.EngineVectors;
import io.auriga.sync.relay.jwt.JwtVerdict.Reason;
import io.auriga.types.AurigaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JwtTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final JwtSecret SECRET = JwtSecret.of(new byte[32]);
  private static final JwtSecret OTHER =
      JwtSecret.of("another secret, 32 bytes long ..".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;

  private final JwtVerifier verifier = new JwtVerifier(SECRET, InstantSource.fixed(NOW));

  @Test
  void acceptsWhatItIssues() {
    String token = new JwtIssuer(SECRET, InstantSource.fixed(NOW)).token();
    assertThat(verifier.verify(token)).isEqualTo(new JwtVerdict.Accepted(Optional.empty()));
  }

  @Test
  void acceptsAMinuteOfDifferenceAndNoSecondMore() {
    for (long skew : List.of(-60L, -59L, 0L, 59L, 60L)) {
      assertThat(verifier.verify(signed("{\"iat\":" + (NOW.getEpochSecond() + skew) + "}")))
          .as("%d s", skew)
          .isInstanceOf(JwtVerdict.Accepted.class);
    }
    for (long skew : List.of(-61L, 61L, -1_000_000L)) {
      assertThat(verifier.verify(signed("{\"iat\":" + (NOW.getEpochSecond() + skew) + "}")))
          .as("%d s", skew)
          .isEqualTo(new JwtVerdict.Refused(Reason.TIME));
    }
    for (long end : List.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
      assertThat(verifier.verify(signed("{\"iat\":" + end + "}")))
          .isEqualTo(new JwtVerdict.Refused(Reason.TIME));
    }
  }

  @Test
  void takesTheIdAndIgnoresClaimsItDoesNotKnow() {
    String claims =
        "{\"id\":\"cl-1\",\"clv\":\"x/1\",\"exp\":1,\"iat\":" + NOW.getEpochSecond() + "}";
    assertThat(verifier.verify(signed(claims)))
        .isEqualTo(new JwtVerdict.Accepted(Optional.of("cl-1")));
  }

  @Test
  void refusesATokenWithoutATimeOrWithOneThatIsNoWholeNumber() {
    for (String claims :
        List.of("{}", "{\"iat\":\"1800000000\"}", "{\"iat\":null}", "{\"iat\":1e400}")) {
      assertThat(verifier.verify(signed(claims)))
          .as(claims)
          .isEqualTo(new JwtVerdict.Refused(Reason.NO_TIME));
    }
  }

  @Test
  void refusesEveryAlgorithmButOneAndEveryOtherSecret() {
    String claims = "{\"iat\":" + NOW.getEpochSecond() + "}";
    for (String header :
        List.of("{\"alg\":\"none\"}", "{\"alg\":\"RS256\"}", "{\"alg\":\"HS512\"}", "{}")) {
      assertThat(verifier.verify(token(SECRET, header, claims)))
          .as(header)
          .isEqualTo(new JwtVerdict.Refused(Reason.ALGORITHM));
    }
    String unsigned = encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".";
    assertThat(verifier.verify(unsigned)).isEqualTo(new JwtVerdict.Refused(Reason.ALGORITHM));
    assertThat(verifier.verify(token(OTHER, "{\"alg\":\"HS256\"}", claims)))
        .isEqualTo(new JwtVerdict.Refused(Reason.SIGNATURE));
    assertThat(verifier.verify(encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims) + "."))
        .isEqualTo(new JwtVerdict.Refused(Reason.SIGNATURE));
    assertThat(verifier.verify(token(SECRET, "{\"alg\":\"HS256\",\"crit\":[\"b64\"]}", claims)))
        .isEqualTo(new JwtVerdict.Refused(Reason.MALFORMED));
  }

  @Test
  void refusesWhatIsNoToken() {
    for (String token :
        List.of(
            "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "=.=.=", "e30.e30.e30=", "x".repeat(5_000))) {
      assertThat(verifier.verify(token)).as(token).isInstanceOf(JwtVerdict.Refused.class);
    }
    String twice = "{\"iat\":1,\"iat\":" + NOW.getEpochSecond() + "}";
    assertThat(verifier.verify(signed(twice))).isEqualTo(new JwtVerdict.Refused(Reason.MALFORMED));
  }

  @Test
  void everyChangedCharacterOfATokenIsRefused() {
    String token = signed("{\"iat\":" + NOW.getEpochSecond() + "}");
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(verifier.verify(changed)).as(changed).isInstanceOf(JwtVerdict.Refused.class);
    }
  }

  @Test
  void verifiesTheSignatureOfRfc7515() throws IOException {
    Path file = EngineVectors.folder().resolve("jwt/rfc7515-appendix-a1.json");
    JsonNode vector = EngineVectors.MAPPER.readTree(Files.readAllBytes(file));
    byte[] key = Base64.getUrlDecoder().decode(vector.get("key_base64url").stringValue());
    String token = vector.get("token").stringValue();
    JwtVerifier theirs = new JwtVerifier(new JwtSecret("vector", key), InstantSource.fixed(NOW));
    // Its signature holds; what it lacks is found only after that.
    assertThat(theirs.verify(token)).isEqualTo(new JwtVerdict.Refused(Reason.NO_TIME));
    assertThat(verifier.verify(token)).isEqualTo(new JwtVerdict.Refused(Reason.SIGNATURE));
  }

  @Test
  void readsASecretWithOrWithoutItsPrefix() throws IOException {
    String digits = "00".repeat(32);
    for (String content : List.of(digits, "0x" + digits, digits + "\n", " 0x" + digits + "\r\n")) {
      JwtSecret read = JwtSecret.read(file(content, "rw-------"));
      String token = new JwtIssuer(read, InstantSource.fixed(NOW)).token();
      assertThat(verifier.verify(token)).isInstanceOf(JwtVerdict.Accepted.class);
      assertThat(read.toString()).doesNotContain("0000");
    }
  }

  @Test
  void refusesASecretFileOfAnotherFormOrOpenToAllAndNeverRepeatsIt() throws IOException {
    for (String content :
        List.of("abcdef12", "ab".repeat(31), "ab".repeat(33), "zz".repeat(32), "")) {
      Path file = file(content, "rw-------");
      assertThatThrownBy(() -> JwtSecret.read(file))
          .isInstanceOf(AurigaException.class)
          .hasMessageContaining(file.toString())
          .message()
          .satisfies(
              message -> assertThat(content.isEmpty() || !message.contains(content)).isTrue());
    }
    Path open = file("ab".repeat(32), "rw-r--r--");
    assertThatThrownBy(() -> JwtSecret.read(open))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("every user");
  }

  private Path file(String content, String permissions) throws IOException {
    Path file = folder.resolve("jwt.hex");
    Files.deleteIfExists(file);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static String signed(String claims) {
    return token(SECRET, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
  }

  private static String token(JwtSecret secret, String header, String claims) {
    String message = encoded(header) + "." + encoded(claims);
    byte[] mac = secret.mac(message.getBytes(StandardCharsets.US_ASCII));
    return message + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
