package io.auriga.clients.http;

import io.auriga.clients.NodeException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body without end, read piece by piece by one thread, each wait bounded. The next piece is asked
 * for only when the last one was taken, so a slow reader holds the sender back.
 */
public final class StreamedBody implements BodySubscriber<StreamedBody>, AutoCloseable {
  private sealed interface Piece {
    record Bytes(List<ByteBuffer> buffers) implements Piece {}

    record Failure(Throwable cause) implements Piece {}

    record End() implements Piece {}
  }

  /** What one wait brought. */
  public sealed interface Next {
    record Bytes(List<ByteBuffer> buffers) implements Next {}

    /** Nothing came in time. */
    record Silence() implements Next {}

    record End() implements Next {}
  }

  // One piece is under way at most; the end or a failure may follow it.
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(4);
  private volatile @Nullable Subscription subscription;
  private volatile boolean closed;

  StreamedBody() {}

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    if (closed) {
      newSubscription.cancel();
    } else {
      newSubscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    offer(new Piece.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    offer(new Piece.Failure(cause));
  }

  @Override
  public void onComplete() {
    offer(new Piece.End());
  }

  private void offer(Piece piece) {
    if (!pieces.offer(piece)) {
      throw new IllegalStateException("a piece came that was not asked for");
    }
  }

  /**
   * Waits for the next piece.
   *
   * @throws IOException if the connection broke
   */
  public Next next(Duration patience) throws IOException, InterruptedException {
    Piece piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (piece) {
      case null -> new Next.Silence();
      case Piece.Bytes(List<ByteBuffer> buffers) -> {
        Subscription current = subscription;
        if (current != null) {
          current.request(1);
        }
        yield new Next.Bytes(buffers);
      }
      case Piece.Failure(Throwable cause) ->
          throw new IOException(NodeException.detailOf(cause), cause);
      case Piece.End() -> new Next.End();
    };
  }

  @Override
  public void close() {
    closed = true;
    Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
