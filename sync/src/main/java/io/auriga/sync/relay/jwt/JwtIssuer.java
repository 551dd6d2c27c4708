package io.auriga.sync.relay.jwt;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;

/** Makes the tokens that an execution client wants to see; the same one within a second. */
public final class JwtIssuer {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final JwtSecret secret;
  private final InstantSource time;
  private volatile Issued last = new Issued(Long.MIN_VALUE, "");

  public JwtIssuer(JwtSecret secret, InstantSource time) {
    this.secret = secret;
    this.time = time;
  }

  /** A token with this second as its {@code iat}. */
  public String token() {
    long now = time.instant().getEpochSecond();
    Issued issued = last;
    if (issued.second != now) {
      String signed = HEADER + "." + encoded("{\"iat\":" + now + "}");
      byte[] mac = secret.mac(signed.getBytes(StandardCharsets.US_ASCII));
      issued = new Issued(now, signed + "." + BASE64.encodeToString(mac));
      last = issued;
    }
    return issued.token;
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
  }

  private record Issued(long second, String token) {}
}
