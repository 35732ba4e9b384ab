package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over TLS, with the same limits, and callers who have to prove who they are. */
class TlsTest {
  @TempDir private static Path folder;
  private static TestCertificate server;
  private static TestCertificate caller;
  private static TestCertificate stranger;
  private static TestEdge edge;
  private static WebServer open;
  private static WebServer mutual;

  @BeforeAll
  static void listen() throws Exception {
    server = TestCertificate.make(folder, "server");
    caller = TestCertificate.make(folder, "caller");
    stranger = TestCertificate.make(folder, "stranger");
    edge = new TestEdge(Map.of("http.header.deadline.ms", "400"), TlsTest::declare);
    open = listen("open", Optional.empty());
    mutual = listen("mutual", Optional.of(caller.certificate()));
  }

  private static WebServer listen(String name, Optional<Path> callers) {
    return edge.edge.listen(
        new ListeningPort(name, 0, "port"),
        List.of(TlsTest::declare),
        Optional.of(new ServerTls(server.certificate(), server.key(), callers)));
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST,
        "/length",
        ErrorForms.standard(),
        request ->
            Response.text(
                200, "text/plain", request.body().length + " " + request.context().sheltered()));
  }

  private static HttpResponse<String> asked(WebServer at, SSLContext context, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + at.port() + "/length"))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void a_request_over_tls_is_answered_and_counts_as_sheltered() throws Exception {
    SSLContext context = server.trusted(Optional.empty());
    assertThat(asked(open, context, new byte[700_000]).body()).isEqualTo("700000 true");
    assertThat(asked(open, context, new byte[2 << 20]).statusCode()).isEqualTo(413);
  }

  @Test
  void who_does_not_trust_the_certificate_does_not_connect() {
    assertThatThrownBy(() -> asked(open, caller.trusted(Optional.empty()), new byte[1]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void where_callers_must_prove_who_they_are_others_do_not_connect() throws Exception {
    SSLContext known = server.trusted(Optional.of(caller));
    assertThat(asked(mutual, known, new byte[3]).body()).isEqualTo("3 true");
    assertThatThrownBy(() -> asked(mutual, server.trusted(Optional.empty()), new byte[3]))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> asked(mutual, server.trusted(Optional.of(stranger)), new byte[3]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void headers_that_do_not_end_are_answered_within_the_encryption() throws Exception {
    try (Socket socket =
        server
            .trusted(Optional.empty())
            .getSocketFactory()
            .createSocket("127.0.0.1", open.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("POST /length HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void plain_http_is_not_understood() throws Exception {
    try (RawCaller plain = new RawCaller(open.port())) {
      plain.get("/length");
      assertThat(plain.rest()).doesNotContain("HTTP/1.1 200").doesNotContain("404");
    }
  }
}
