package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.sync.relay.ConsensusSocket.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private static final String FORK_CHOICE =
      "{\"id\":8,\"method\":\"engine_forkchoiceUpdatedV3\",\"params\":[{},null]}";
  private static final String NEW_PAYLOAD =
      "{\"id\":\"a\",\"method\":\"engine_newPayloadV4\",\"params\":[{}]}";
  private static final String SWITCH =
      String.join(
          "\r\n",
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
          "",
          "");

  /** Sends back every byte that comes after the handshake. */
  private static ScriptedExecution echo() {
    return new ScriptedExecution(
        (request, out) -> {
          out.write(SWITCH.getBytes(StandardCharsets.US_ASCII));
          out.flush();
          throw new ScriptedExecution.TakeOver(
              (in, raw) -> {
                in.transferTo(raw);
              });
        });
  }

  @Test
  void passesFramesByteForByteInBothDirections() throws IOException {
    try (ScriptedExecution execution = echo();
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      Answer switched = upgrade(client);
      assertThat(switched.status()).isEqualTo(101);
      assertThat(switched.fields())
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .containsEntry("upgrade", "websocket");
      var asked = execution.requests.getFirst();
      assertThat(asked.fields())
          .containsEntry("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
          .doesNotContainKey("sec-websocket-extensions");
      assertThat(asked.field("authorization"))
          .startsWith("Bearer ")
          .doesNotContain(ConsensusSocket.token());
      Random random = new Random(4);
      for (int round = 0; round < 40; round++) {
        byte[] frames = frames(random);
        Thread writer =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        client.raw(frames);
                      } catch (IOException gone) {
                        throw new AssertionError(gone);
                      }
                    });
        assertThat(client.in.readNBytes(frames.length)).isEqualTo(frames);
        join(writer);
      }
      client.socket.shutdownOutput();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void seesCallsInMessagesWhateverTheirFrames() throws Exception {
    BlockingQueue<RelayedCall> seen = new LinkedBlockingQueue<>();
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  out.write(SWITCH.getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                  throw new ScriptedExecution.TakeOver(
                      (in, raw) -> {
                        skipFrames(in, 3);
                        String answer =
                            ScriptedExecution.status("", "VALID")
                                .replace("\"id\":1", "\"id\":\"a\"");
                        raw.write(frame(answer.getBytes(StandardCharsets.UTF_8), 0x81, null));
                        raw.flush();
                        in.transferTo(raw);
                      });
                });
        TestRelay relay = new TestRelay(UnaryOperator.identity(), List.of(seen::add), execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(upgrade(client).status()).isEqualTo(101);
      byte[] call = NEW_PAYLOAD.getBytes(StandardCharsets.UTF_8);
      byte[] mask = {1, 2, 3, 4};
      // In two frames, with a ping between them, and every byte by itself.
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(frame(java.util.Arrays.copyOf(call, 21), 0x01, mask));
      all.writeBytes(frame("hello".getBytes(StandardCharsets.UTF_8), 0x89, mask));
      all.writeBytes(frame(java.util.Arrays.copyOfRange(call, 21, call.length), 0x80, mask));
      for (byte one : all.toByteArray()) {
        client.raw(new byte[] {one});
      }
      RelayedCall relayed = seen.poll(10, TimeUnit.SECONDS);
      assertThat(relayed).isNotNull();
      assertThat(relayed.method().label()).isEqualTo("engine_newPayloadV4");
      assertThat(relayed.answer().status().orElseThrow().name()).isEqualTo("VALID");
      assertThat(relayed.requestBytes()).isEqualTo(call.length);
    }
  }

  @Test
  void stopsASecondWriterBeforeItsForkChoiceGoesOut() throws IOException {
    try (ScriptedExecution execution = echo();
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket first = new ConsensusSocket(relay.uri(), "one/1");
        ConsensusSocket second = new ConsensusSocket(relay.uri(), "two/1")) {
      assertThat(upgrade(first).status()).isEqualTo(101);
      assertThat(upgrade(second).status()).isEqualTo(101);
      byte[] frame =
          frame(FORK_CHOICE.getBytes(StandardCharsets.UTF_8), 0x81, new byte[] {9, 8, 7, 6});
      first.raw(frame);
      assertThat(first.in.readNBytes(frame.length)).isEqualTo(frame);
      second.raw(frame);
      assertThat(second.in.readAllBytes())
          .isEqualTo(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xf0});
      first.raw(frame);
      assertThat(first.in.readNBytes(frame.length)).isEqualTo(frame);
    }
  }

  @Test
  void refusesAHandshakeWithoutAGoodToken() throws IOException {
    try (ScriptedExecution execution = echo();
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      client.raw(
          "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization:"
              + " Bearer a.b.c\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(execution.requests).isEmpty();
    }
  }

  @Test
  void saysThatThereIsNone() throws IOException {
    try (ScriptedExecution plain = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution other = echo();
        TestRelay one = new TestRelay(plain);
        TestRelay several = new TestRelay(other, plain)) {
      for (TestRelay relay : List.of(one, several)) {
        try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
          Answer answer = upgrade(client);
          assertThat(answer.status()).isEqualTo(501);
          assertThat(answer.text()).contains("AUR-RELAY-NO-WEBSOCKET");
        }
      }
    }
  }

  @Test
  void endsBothSidesWhenEitherLeaves() throws IOException {
    try (ScriptedExecution execution = echo();
        TestRelay relay = new TestRelay(execution)) {
      try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
        assertThat(upgrade(client).status()).isEqualTo(101);
        execution.dropConnections();
        assertThat(client.isEnded()).isTrue();
      }
      try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
        assertThat(upgrade(client).status()).isEqualTo(101);
      }
      await().until(() -> execution.openConnections() == 0);
    }
  }

  private static Answer upgrade(ConsensusSocket client) throws IOException {
    client.raw(
        client
            .head(
                String.join(
                    "\r\n",
                    "Connection: keep-alive, Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Extensions: permessage-deflate",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
            .replaceFirst("POST", "GET"));
    return client.answer();
  }

  private static byte[] frames(Random random) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i <= random.nextInt(3); i++) {
      byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 200 : 300_000)];
      random.nextBytes(payload);
      byte[] mask = new byte[4];
      random.nextBytes(mask);
      frames.writeBytes(frame(payload, 0x82, random.nextBoolean() ? mask : null));
    }
    return frames.toByteArray();
  }

  private static byte[] frame(
      byte[] payload, int first, byte @org.jspecify.annotations.Nullable [] mask) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    int masked = mask == null ? 0 : 0x80;
    if (payload.length < 126) {
      frame.write(masked | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(masked | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(masked | 127);
      frame.writeBytes(java.nio.ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    if (mask != null) {
      frame.writeBytes(mask);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(mask == null ? payload[i] : payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  /** Takes short masked frames from a stream. */
  private static void skipFrames(InputStream in, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      in.readNBytes(1);
      int length = in.read() & 0x7f;
      in.readNBytes(4 + length);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
