package io.auriga.clients;

import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.HttpEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that says what no HTTP library would say: each connection is the test's. */
public final class RawServer implements AutoCloseable {
  /** Handles one connection after its request's head was read; the connection is closed then. */
  @FunctionalInterface
  public interface Script {
    void run(String request, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public RawServer(Script script) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    threads.execute(() -> accept(script));
  }

  private void accept(Script script) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection, script));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket connection, Script script) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String request = in.readLine();
      String line = request;
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      if (request != null) {
        script.run(request, connection.getOutputStream());
      }
    } catch (IOException gone) {
      // The client went away, as many of these scripts want it to.
      return;
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  public HttpEndpoint endpoint(EndpointLimits limits) {
    return new HttpEndpoint(EndpointConfig.of(uri()).withLimits(limits));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    } finally {
      threads.shutdownNow();
    }
  }
}
