package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.types.Hex;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket's text messages, taken one by one by one thread, each wait bounded. The next message
 * is asked for only when the last one was taken.
 */
final class WebSocketMessages implements WebSocket.Listener {
  private sealed interface Item {
    record Text(String text) implements Item {}

    record End(String reason) implements Item {}
  }

  // One message is under way at most; the end may follow it.
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(4);
  private final int maxLength;
  private final StringBuilder partial = new StringBuilder();

  WebSocketMessages(int maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    webSocket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    if (partial.length() + data.length() > maxLength) {
      webSocket.abort();
      end("a message is longer than " + maxLength + " characters");
      return null;
    }
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      if (!items.offer(new Item.Text(text))) {
        throw new IllegalStateException("a message came that was not asked for");
      }
    } else {
      webSocket.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    String why = reason.isEmpty() ? "" : ": " + Hex.printable(reason);
    end("the node closed it with status " + status + why);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end(NodeException.detailOf(error));
  }

  private void end(String reason) {
    if (!items.offer(new Item.End(reason))) {
      throw new IllegalStateException("a WebSocket ended more than once");
    }
  }

  /**
   * Waits for the next message; null if none came in time.
   *
   * @throws IOException if the connection ended
   */
  @Nullable String next(WebSocket webSocket, Duration patience)
      throws IOException, InterruptedException {
    Item item = items.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (item) {
      case null -> null;
      case Item.Text(String text) -> {
        webSocket.request(1);
        yield text;
      }
      case Item.End(String reason) -> throw new IOException(reason);
    };
  }
}
