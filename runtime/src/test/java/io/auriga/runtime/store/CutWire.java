package io.auriga.runtime.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire to a server whose client end can be cut while the server sees a silent client. */
final class CutWire implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Socket> servers = new CopyOnWriteArrayList<>();

  CutWire(int target) throws IOException {
    this.target = target;
    var _ = Thread.ofVirtual().name("wire").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void cutClients() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    clients.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        clients.add(client);
        servers.add(server);
        var _ = Thread.ofVirtual().name("wire-up").start(() -> copy(client, server));
        var _ = Thread.ofVirtual().name("wire-down").start(() -> copy(server, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      // The other end is left as it is.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket server : servers) {
      server.close();
    }
    cutClients();
  }
}
