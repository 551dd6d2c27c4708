package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;

/** What is shown the bytes of a body as they pass. */
public interface Scanner {
  /** The bytes from {@code from} to {@code to}, whatever the buffer's position. */
  void feed(ByteBuffer bytes, int from, int to);

  /** The body ended here. */
  void end();
}
