package io.auriga.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param id what the browser gives back as {@code Last-Event-ID} when it reconnects; null for none
 * @param name what the page listens for
 * @param data the text, of one line or several
 */
public record SseEvent(@Nullable String id, String name, String data) {
  public SseEvent {
    requireOneLine(name);
    if (id != null) {
      requireOneLine(id);
    }
  }

  public static SseEvent of(String name, String data) {
    return new SseEvent(null, name, data);
  }

  byte[] encoded() {
    StringBuilder text = new StringBuilder(data.length() + 64);
    Optional.ofNullable(id).ifPresent(value -> text.append("id: ").append(value).append('\n'));
    text.append("event: ").append(name).append('\n');
    for (String line : data.split("\r\n|\r|\n", -1)) {
      text.append("data: ").append(line).append('\n');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void requireOneLine(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("An event's name and id have one line");
    }
  }
}
