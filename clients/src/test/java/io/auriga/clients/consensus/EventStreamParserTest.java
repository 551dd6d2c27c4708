package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {
  private final List<String> events = new ArrayList<>();
  private final EventStreamParser parser =
      new EventStreamParser((name, data) -> events.add(name + "=" + data));

  private void feed(String text) throws EventStreamParser.Malformed {
    parser.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEachFormOfLineEnd(String end) throws EventStreamParser.Malformed {
    feed(
        "event: head" + end + "data: 1" + end + end + "event: block" + end + "data: 2" + end + end);
    // A lone CR ends a line at once, yet the LF of a CRLF may still follow.
    assertThat(events).containsExactly("head=1", "block=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsPiecesCutAnywhere(String end) throws EventStreamParser.Malformed {
    String text = "event: head" + end + "data: übung" + end + end + "data:x" + end + end;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      parser.accept(ByteBuffer.wrap(new byte[] {b}));
    }
    assertThat(events).containsExactly("head=übung", "=x");
  }

  @Test
  void ignoresCommentsAByteOrderMarkAndFieldsItHasNoUseFor() throws EventStreamParser.Malformed {
    feed("\ufeff:\n: keep-alive\nevent: head\nid: 7\nretry: 10\n:\ndata: 1\n\n:\n\n");
    assertThat(events).containsExactly("head=1");
  }

  @Test
  void joinsDataOfSeveralLines() throws EventStreamParser.Malformed {
    feed("event: head\ndata: {\ndata:   \"a\":1\ndata\ndata: }\n\n");
    assertThat(events).containsExactly("head={\n  \"a\":1\n\n}");
  }

  @Test
  void dropsAnEventWithoutDataAndForgetsItsName() throws EventStreamParser.Malformed {
    feed("event: head\n\ndata: 1\n\n");
    assertThat(events).containsExactly("=1");
  }

  @Test
  void keepsAnUnfinishedEventBack() throws EventStreamParser.Malformed {
    feed("event: head\ndata: 1\n");
    assertThat(events).isEmpty();
  }

  @Test
  void refusesALineWithoutEnd() {
    assertThatThrownBy(
            () -> {
              while (true) {
                feed("data: " + "x".repeat(1000));
              }
            })
        .isInstanceOf(EventStreamParser.Malformed.class)
        .hasMessageContaining("a line is longer than");
  }

  @Test
  void refusesAnEventWithoutEnd() {
    assertThatThrownBy(
            () -> {
              while (true) {
                feed("data: " + "x".repeat(1000) + "\n");
              }
            })
        .isInstanceOf(EventStreamParser.Malformed.class)
        .hasMessageContaining("an event is larger than");
  }
}
