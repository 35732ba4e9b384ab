package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two programs in a row could read in two ways is refused, and the connection closed (S16).
 */
class HeadTest {
  private static final AtomicInteger SERVED = new AtomicInteger();
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge = new TestEdge(Map.of("http.header.deadline.ms", "2000"), HeadTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    BlockingRoute route =
        request -> {
          SERVED.incrementAndGet();
          return Response.json(200, request.body().length);
        };
    table.blocking(HttpMethod.GET, "/quick", ErrorForms.standard(), route);
    table.blocking(HttpMethod.POST, "/quick", ErrorForms.standard(), route);
    table.fallback("/admin", ErrorForms.admin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /quick HTTP/1.1\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
        "GET /quick HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a, b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: me@a\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX-Folded: one\r\n two\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX-Folded: one\r\n\ttwo\r\n\r\n",
        "GET /quick HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\n: nothing\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX-Space : b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX Space: b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX(1): b\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",
        "GET /quick HTTP/1.1\nHost: a\n\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\n"
            + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\n"
            + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\n"
            + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\na",
        "GET quick HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/quick HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /quick HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET /quick HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET /quick HTTP/0.9\r\nHost: a\r\n\r\n",
        "GET /quick\r\nHost: a\r\n\r\n",
        " GET /quick HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void ambiguous_head_is_400_and_the_connection_is_closed(String head) throws IOException {
    int before = SERVED.get();
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer =
          caller.send(head + "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":\"INVALID_REQUEST\"");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.header("x-request-id")).isNotEmpty();
      assertThat(caller.closed()).isTrue();
    }
    assertThat(SERVED).hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x3\r\nabc\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "3 \r\nabc\r\n0\r\n\r\n",
        "3\nabc\n0\n\n",
        "\r\nabc\r\n0\r\n\r\n",
        ";a=b\r\nabc\r\n0\r\n\r\n",
        "80000000\r\nabc\r\n0\r\n\r\n",
        "fffffffffffffffff3\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc0\r\n\r\n",
      })
  void chunk_that_is_none_is_400_and_the_connection_is_closed(String body) throws IOException {
    int before = SERVED.get();
    try (RawCaller caller = edge.caller()) {
      caller.send("POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("MALFORMED_BODY");
      assertThat(caller.closed()).isTrue();
    }
    assertThat(SERVED).hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /quick HTTP/1.1\r\nhOST:a:18100\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost: [::1]:18100\r\n\r\n",
        "GET /quick HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /quick HTTP/1.0\r\n\r\n",
        "\r\nGET /quick HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/quick HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
        "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 001\r\n\r\na",
        "POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n",
      })
  void head_that_can_be_read_one_way_only_is_served(String head) throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.send(head).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void folded_header_of_a_pipelined_or_dripped_request_is_refused_too() throws IOException {
    String good = "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n";
    String folded = "GET /quick HTTP/1.1\r\nHost: a\r\nX: one\r\n two\r\n\r\n";
    try (RawCaller pipelining = edge.caller();
        RawCaller dripping = edge.caller()) {
      pipelining.send(good + folded);
      assertThat(pipelining.answer().status()).isEqualTo(200);
      assertThat(pipelining.answer().status()).isEqualTo(400);
      assertThat(pipelining.closed()).isTrue();
      for (char c : folded.substring(0, folded.indexOf(" two") + 1).toCharArray()) {
        dripping.send(String.valueOf(c));
      }
      assertThat(dripping.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void refusal_of_a_readable_head_is_in_the_form_of_its_interface() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send("GET /admin/x?key=secret HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
      assertThat(caller.answer().body())
          .contains("\"detail\":\"Host headers: 2 (expected: exactly one)\"")
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer a\r\nauthorization: Bearer b",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "Idempotency-Key: 1\r\nX: y\r\nIDEMPOTENCY-KEY: 2",
        "X-Sign: a\r\nX-Sign: a\r\nX-Sign: b"
      })
  void header_that_decides_and_is_given_twice_is_refused(String headers) throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send("GET /quick HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n");
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .contains("is given twice, with different values (expected: once)")
          .doesNotContain("Bearer");
    }
  }

  @Test
  void header_that_is_given_twice_alike_or_as_a_list_is_served() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send(
          "GET /quick HTTP/1.1\r\nHost: a\r\nX-Api-Key: a\r\nx-api-key: a\r\n"
              + "Accept: text/plain\r\nAccept: */*\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void caller_of_http_2_is_told_in_its_own_words_that_it_is_not_served() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", edge.server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
                  .getBytes(StandardCharsets.ISO_8859_1));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] settings = in.readNBytes(9);
      byte[] goAway = in.readNBytes(17);
      assertThat(settings).containsExactly(0, 0, 0, 4, 0, 0, 0, 0, 0);
      assertThat(goAway[3]).as("GOAWAY").isEqualTo((byte) 7);
      assertThat(goAway[16]).as("HTTP_1_1_REQUIRED").isEqualTo((byte) 0xd);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
