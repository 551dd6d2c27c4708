package io.auriga.sync.relay.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Direct buffers for wires, used again: making and freeing one is dear. */
public final class Buffers {
  private final ArrayBlockingQueue<ByteBuffer> spare;

  public Buffers(int spareMax) {
    this.spare = new ArrayBlockingQueue<>(spareMax);
  }

  /** A cleared one. */
  public ByteBuffer take() {
    ByteBuffer buffer = spare.poll();
    return buffer == null ? ByteBuffer.allocateDirect(Wire.BUFFER_BYTES) : buffer.clear();
  }

  /** Only where no thread can use it any more. */
  public void give(ByteBuffer buffer) {
    var _ = spare.offer(buffer);
  }
}
