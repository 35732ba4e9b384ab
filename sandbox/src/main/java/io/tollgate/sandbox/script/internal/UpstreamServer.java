package io.tollgate.sandbox.script.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Listens, and gives each connection a virtual thread. */
public final class UpstreamServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int BACKLOG = 4096;

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final ScriptRules rules;
  private final ReceivedRequests received;
  private final ControlRoutes control;
  private final Unscripted unscripted;
  private final ThreadFactory threads = Thread.ofVirtual().name("scripted-upstream-", 0).factory();

  public UpstreamServer(
      String host, int port, Optional<URI> otherwise, ScriptRules rules, ReceivedRequests received)
      throws IOException {
    this.listener = new ServerSocket();
    this.rules = rules;
    this.received = received;
    this.control = new ControlRoutes(rules, received);
    this.unscripted = new Unscripted(otherwise);
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
    Thread.ofPlatform().daemon().name("scripted-upstream").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections open now. */
  public int openConnections() {
    return open.size();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(UpstreamServer::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (open.size() >= MAX_CONNECTIONS) {
          closeQuietly(socket);
          continue;
        }
        open.add(socket);
        if (listener.isClosed()) {
          closeQuietly(socket);
        }
        threads.newThread(() -> serve(socket)).start();
      } catch (SocketException e) {
        // closed, or one that went before it was taken
        Thread.yield();
      } catch (IOException e) {
        System.err.println("scripted upstream: " + e.getMessage());
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new UpstreamConnection(
              connections.incrementAndGet(),
              new Wire(socket),
              requests,
              rules,
              received,
              control,
              unscripted)
          .run();
    } catch (IOException | NumberFormatException e) {
      // the caller went, or what it sent is no HTTP: the connection ends
      Thread.yield();
    } finally {
      open.remove(socket);
    }
  }

  private static void closeQuietly(AutoCloseable closing) {
    try {
      closing.close();
    } catch (Exception e) {
      // it is gone either way
      Thread.yield();
    }
  }
}
