package io.auriga.sync.relay.http;

import java.io.IOException;
import java.util.regex.Pattern;

/** An answer's head, understood. */
public record AnswerHead(Head head, int status, String reason, boolean http11, Framing framing) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?");

  /** Reads one, whatever its status. */
  public static AnswerHead read(Wire wire, Head head) throws IOException {
    head.read(wire);
    String line = head.firstLine();
    boolean http11 = line.startsWith("HTTP/1.1 ");
    if (!http11 && !line.startsWith("HTTP/1.0 ")) {
      throw new MalformedHttpException("another version of HTTP than 1.1");
    }
    if (!STATUS.matcher(line).matches()) {
      throw new MalformedHttpException("a status line of another form");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    boolean bodiless = status < 200 || status == 204 || status == 304;
    Framing framing = Framing.of(head, http11, Framing.TO_THE_END);
    return new AnswerHead(
        head,
        status,
        line.length() > 13 ? line.substring(13) : "",
        http11,
        bodiless ? Framing.NONE : framing);
  }

  /** Reads the final one; what is only on the way to it is skipped. */
  public static AnswerHead readFinal(Wire wire, Head head) throws IOException {
    while (true) {
      AnswerHead answer = read(wire, head);
      if (answer.status >= 200) {
        return answer;
      }
    }
  }

  /** Whether it says that our token is not good, or not enough. */
  public boolean refusesToken() {
    return status == 401 || status == 403;
  }

  /** Whether the connection can carry another exchange after this one. */
  public boolean keepsAlive() {
    return framing.kind() != Framing.Kind.TO_THE_END
        && (http11 ? !head.lists("connection", "close") : head.lists("connection", "keep-alive"));
  }
}
