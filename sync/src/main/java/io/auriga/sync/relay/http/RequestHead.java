package io.auriga.sync.relay.http;

import java.io.IOException;
import java.util.Set;

/** A request's head, understood: what is asked, and how its body is framed. */
public record RequestHead(
    Head head, String method, String target, boolean http11, Framing framing) {
  private static final Set<String> METHODS = Set.of("POST", "GET", "OPTIONS");

  /**
   * Reads one.
   *
   * @param bodyMax the longest body that is taken
   */
  public static RequestHead read(Wire wire, Head head, long bodyMax) throws IOException {
    head.read(wire);
    String[] words = head.firstLine().split(" ", -1);
    if (words.length != 3 || words[1].isEmpty()) {
      throw new MalformedHttpException("a request line of another form");
    }
    boolean http11 = words[2].equals("HTTP/1.1");
    if (!http11 && !words[2].equals("HTTP/1.0")) {
      throw new MalformedHttpException(505, "another version of HTTP than 1.1");
    }
    if (!METHODS.contains(words[0])) {
      throw new MalformedHttpException(405, "a method that the Engine API does not have");
    }
    if (words[1].charAt(0) != '/' || words[1].chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new MalformedHttpException("a target that is no path");
    }
    if (http11 && head.single("host").isEmpty()) {
      throw new MalformedHttpException("no Host");
    }
    Framing framing = Framing.of(head, http11, Framing.NONE);
    if (framing.length() > bodyMax) {
      throw new MalformedHttpException(413, "a body of more than " + bodyMax + " bytes");
    }
    return new RequestHead(head, words[0], words[1], http11, framing);
  }

  /** Whether another request may follow on the same connection. */
  public boolean keepsAlive() {
    return http11 ? !head.lists("connection", "close") : head.lists("connection", "keep-alive");
  }
}
