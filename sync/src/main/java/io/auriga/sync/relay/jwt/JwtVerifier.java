package io.auriga.sync.relay.jwt;

import io.auriga.sync.relay.jwt.JwtVerdict.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the tokens of a consensus client: HS256 under our secret, {@code iat} within a minute of
 * our clock. Signatures are compared in constant time, and claims are read only once the signature
 * holds.
 */
public final class JwtVerifier {
  private static final long WINDOW_SECONDS = 60;
  private static final int TOKEN_LENGTH_MAX = 4 << 10;
  private static final int ID_LENGTH_MAX = 128;
  private static final int DEPTH_MAX = 16;
  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JwtSecret secret;
  private final InstantSource time;

  public JwtVerifier(JwtSecret secret, InstantSource time) {
    this.secret = secret;
    this.time = time;
  }

  /** Judges the token alone, without {@code Bearer}. */
  public JwtVerdict verify(String token) {
    if (token.length() > TOKEN_LENGTH_MAX) {
      return new JwtVerdict.Refused(Reason.MALFORMED);
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return new JwtVerdict.Refused(Reason.MALFORMED);
    }
    try {
      JsonNode header = object(parts[0]);
      // No alternative is ever taken from the token: it only has to name the one there is.
      if (!header.path("alg").isString() || !header.path("alg").stringValue().equals("HS256")) {
        return new JwtVerdict.Refused(Reason.ALGORITHM);
      }
      if (header.has("crit")) {
        return new JwtVerdict.Refused(Reason.MALFORMED);
      }
      byte[] claimed = BASE64.decode(parts[2]);
      byte[] message = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.ISO_8859_1);
      if (!MessageDigest.isEqual(secret.mac(message), claimed)) {
        return new JwtVerdict.Refused(Reason.SIGNATURE);
      }
      return claims(object(parts[1]));
    } catch (IllegalArgumentException | JacksonException malformed) {
      return new JwtVerdict.Refused(Reason.MALFORMED);
    }
  }

  private JwtVerdict claims(JsonNode claims) {
    JsonNode issued = claims.path("iat");
    if (!issued.isIntegralNumber() || !issued.canConvertToLong()) {
      return new JwtVerdict.Refused(Reason.NO_TIME);
    }
    long now = time.instant().getEpochSecond();
    long at = issued.longValue();
    // Without a subtraction, which the ends of a long would wrap.
    if (at < now - WINDOW_SECONDS || at > now + WINDOW_SECONDS) {
      return new JwtVerdict.Refused(Reason.TIME);
    }
    JsonNode id = claims.path("id");
    return new JwtVerdict.Accepted(
        id.isString() && id.stringValue().length() <= ID_LENGTH_MAX
            ? Optional.of(id.stringValue())
            : Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if it is no Base64, or no object
   */
  private static JsonNode object(String part) {
    if (part.contains("=")) {
      throw new IllegalArgumentException("padded");
    }
    JsonNode node = JSON.readTree(BASE64.decode(part));
    if (!node.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    return node;
  }
}
