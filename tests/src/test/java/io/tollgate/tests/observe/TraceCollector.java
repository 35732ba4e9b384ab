package io.tollgate.tests.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Takes traces as a collector does: OTLP, protobuf over HTTP, compressed. */
final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> batches = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What came, as it came. */
  List<ExportTraceServiceRequest> batches() {
    return List.copyOf(batches);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** All spans of a trace that have come. */
  List<Span> spans(String traceId) {
    return batches.stream()
        .flatMap(batch -> batch.getResourceSpansList().stream())
        .flatMap(each -> each.getScopeSpansList().stream())
        .flatMap(each -> each.getSpansList().stream())
        .filter(span -> hex(span.getTraceId().toByteArray()).equals(traceId))
        .toList();
  }

  static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private void take(HttpExchange exchange) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    try (GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      batches.add(ExportTraceServiceRequest.parseFrom(body));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
