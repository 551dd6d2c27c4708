package io.auriga.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One client's connection through a {@link FaultProxy}; two threads carry it, one a direction. */
final class Connection {
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int CHUNK = 8 << 10;

  private final Socket client;
  private final Socket server = new Socket();
  private final Supplier<Fault> fault;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long passed;
  private boolean garbageSent;

  Connection(Socket client, Supplier<Fault> fault) {
    this.client = client;
    this.fault = fault;
  }

  /**
   * Carries the connection until either side or a fault ends it.
   *
   * @param fork runs the other direction
   */
  void run(InetSocketAddress target, Consumer<Runnable> fork) {
    try {
      switch (fault.get()) {
        case Fault.Refuse() -> {}
        case Fault.Hang() -> closed.await();
        default -> {
          server.connect(target, CONNECT_MILLIS_MAX);
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
          fork.accept(this::carryRequests);
          carryAnswers();
        }
      }
    } catch (IOException broken) {
      // Either side left, or the fault was to break: both end in the reset below.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      reset();
    }
  }

  private void carryRequests() {
    try {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        if (fault.get() instanceof Fault.Hang) {
          closed.await();
          return;
        }
        out.write(chunk, 0, length);
      }
      server.shutdownOutput();
    } catch (IOException broken) {
      reset();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryAnswers() throws IOException, InterruptedException {
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      if (!pass(Arrays.copyOf(chunk, length), out)) {
        return;
      }
    }
    closeInOrder();
  }

  /** Whether the connection goes on. */
  private boolean pass(byte[] chunk, OutputStream out) throws IOException, InterruptedException {
    switch (fault.get()) {
      case Fault.None() -> write(out, chunk, chunk.length);
      case Fault.Delay(Duration delay) -> {
        pause(delay);
        write(out, chunk, chunk.length);
      }
      case Fault.Drip(Duration interval) -> {
        for (int i = 0; i < chunk.length; i++) {
          pause(interval);
          write(out, new byte[] {chunk[i]}, 1);
        }
      }
      case Fault.CutAfter(long bytes) -> {
        if (writeUpTo(out, chunk, bytes)) {
          return false;
        }
      }
      case Fault.TruncateAfter(long bytes) -> {
        if (writeUpTo(out, chunk, bytes)) {
          closeInOrder();
          return false;
        }
      }
      case Fault.GarbageAfter(long bytes, int length, long seed) -> {
        int before = Math.clamp(bytes - passed, 0, chunk.length);
        write(out, chunk, before);
        if (!garbageSent && passed >= bytes) {
          garbageSent = true;
          byte[] garbage = new byte[length];
          new Random(seed).nextBytes(garbage);
          out.write(garbage);
        }
        byte[] rest = Arrays.copyOfRange(chunk, before, chunk.length);
        write(out, rest, rest.length);
      }
      case Fault.Refuse() -> {
        return false;
      }
      case Fault.Hang() -> {
        closed.await();
        return false;
      }
    }
    return true;
  }

  /** Whether the limit is reached. */
  private boolean writeUpTo(OutputStream out, byte[] chunk, long limit) throws IOException {
    write(out, chunk, Math.clamp(limit - passed, 0, chunk.length));
    return passed >= limit;
  }

  private void write(OutputStream out, byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    passed += length;
  }

  private void pause(Duration duration) throws IOException, InterruptedException {
    if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("closed");
    }
  }

  /** Lets the client read what was sent, and then an end. */
  private void closeInOrder() throws IOException {
    client.shutdownOutput();
    client.close();
  }

  /** Ends both sides at once; harmless if they have ended. */
  void reset() {
    closed.countDown();
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException alreadyClosed) {
        // Then there is nothing left to reset.
      }
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        // Closing a broken socket is all that was wanted.
      }
    }
  }
}
