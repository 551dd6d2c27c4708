package io.auriga.clients.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Gathers a body into one array and gives up as soon as it is larger than allowed. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private static final int FIRST_CAPACITY = 8 * 1024;

  // What a header promises costs no more than this before it has come; most blocks fit.
  private static final int PROMISED_CAPACITY = 1 << 20;

  /** The body is larger than the limit. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(int limit) {
      super("the answer is larger than the limit of " + limit + " bytes");
    }
  }

  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final long begun = System.nanoTime();
  private final int limit;
  private final int mostExpected;
  private final long growth;
  private byte[] bytes;
  private int length;
  // What another thread may read: the one that waits, when its patience ends.
  private volatile int published;
  private volatile long completed;
  private @Nullable Subscription subscription;
  private final boolean declaredTooLarge;

  BoundedBody(ResponseInfo response, int limit) {
    this.limit = limit;
    long declared = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    this.declaredTooLarge = declared > limit;
    boolean promised = declared >= 0 && !declaredTooLarge;
    this.mostExpected = promised ? (int) declared : limit;
    // A promise half kept is believed, so that large answers are not copied over and over.
    this.growth = promised ? 16 : 2;
    this.bytes = new byte[Math.min(promised ? PROMISED_CAPACITY : FIRST_CAPACITY, mostExpected)];
  }

  /** When the answer's head had come, by {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  /** When the last byte had come; only after the body was got. */
  long completed() {
    return completed;
  }

  /** How much has come so far, for a message. */
  int received() {
    return published;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    if (declaredTooLarge) {
      refuse();
    } else {
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      int count = item.remaining();
      if (count > limit - length) {
        refuse();
        return;
      }
      if (count > bytes.length - length) {
        int grown = (int) Math.min(mostExpected, growth * bytes.length);
        bytes = Arrays.copyOf(bytes, Math.max(grown, length + count));
      }
      item.get(bytes, length, count);
      length += count;
    }
    published = length;
  }

  private void refuse() {
    whole.completeExceptionally(new TooLarge(limit));
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    completed = System.nanoTime();
    whole.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }
}
