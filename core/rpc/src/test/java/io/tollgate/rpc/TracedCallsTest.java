package io.tollgate.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.telemetry.TraceConfig;
import io.tollgate.telemetry.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TracedCallsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @Test
  void call_of_a_caller_who_traces_is_a_span_of_that_trace() throws IOException {
    AtomicReference<byte[]> taken = new AtomicReference<>(new byte[0]);
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            taken.set(body.readAllBytes());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    URI url = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
    TraceConfig config = new TraceConfig(Optional.of(url), Map.of(), 0, 10, 100, 10, 2000, true);
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-" + TRACE + "-" + PARENT + "-01");
    try (Tracing tracing = Tracing.open(config, "1.0", new SimpleMeterRegistry());
        ServedRpc served = new ServedRpc(Map.of(), tracing)) {
      var answer =
          served
              .caller()
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
              .checkQuota(ServedRpc.asking("thread"));
      assertThat(answer).isNotNull();
      await().until(() -> taken.get().length > 0);
    } finally {
      collector.stop(0);
    }
    assertThat(new String(taken.get(), StandardCharsets.ISO_8859_1))
        .contains("billing.v1.BillingInternalService/CheckQuota")
        .contains(bytes(TRACE))
        .contains(bytes(PARENT));
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }
}
