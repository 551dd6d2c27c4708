package io.auriga.sync.relay.jwt;

import java.util.Optional;

/** What became of a token. */
public sealed interface JwtVerdict {
  /**
   * Its bearer knows the secret.
   *
   * @param id the claim by which consensus clients can tell themselves apart
   */
  record Accepted(Optional<String> id) implements JwtVerdict {}

  /** It does not let anybody in. */
  record Refused(Reason reason) implements JwtVerdict {}

  /** Why not; in words for the one who has to mend it. */
  enum Reason {
    MISSING("the request has no Authorization: Bearer"),
    MALFORMED("the token is no JWT"),
    ALGORITHM("the token is not signed with HS256"),
    SIGNATURE("the token is signed with another secret"),
    NO_TIME("the token has no iat"),
    TIME("the token's iat is more than 60 s from this machine's clock");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
