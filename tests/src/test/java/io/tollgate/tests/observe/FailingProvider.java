package io.tollgate.tests.observe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that answers 503 to everything, and remembers what it was told of the trace. */
final class FailingProvider implements AutoCloseable {
  private final HttpServer server;
  private final List<String> traceparents = new CopyOnWriteArrayList<>();

  FailingProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          traceparents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  List<String> traceparents() {
    return List.copyOf(traceparents);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
