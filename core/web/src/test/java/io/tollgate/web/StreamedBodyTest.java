package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that are written while they are sent. */
class StreamedBodyTest {
  private static final int PIECE = 100_000;
  private static final int PIECES = 200;
  private static final AtomicLong WRITTEN = new AtomicLong();
  private static final AtomicLong ENDED = new AtomicLong();
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge = new TestEdge(StreamedBodyTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(
        HttpMethod.GET,
        "/whole",
        errors,
        request ->
            Response.streamed(
                "text/plain",
                out -> {
                  for (int i = 0; i < PIECES; i++) {
                    out.write(new byte[PIECE]);
                  }
                }));
    table.blocking(
        HttpMethod.GET,
        "/endless",
        errors,
        request ->
            Response.streamed(
                "text/plain",
                out -> {
                  try {
                    while (true) {
                      out.write(new byte[PIECE]);
                      WRITTEN.addAndGet(PIECE);
                    }
                  } finally {
                    ENDED.incrementAndGet();
                  }
                }));
    table.blocking(
        HttpMethod.GET,
        "/refused",
        errors,
        request ->
            Response.streamed(
                "text/plain",
                out -> {
                  throw new Refusal(ErrorCode.UNAVAILABLE, "too many of them");
                }));
    table.blocking(
        HttpMethod.GET,
        "/silent",
        errors,
        request ->
            Response.streamed(
                "text/plain",
                out -> {
                  try {
                    while (true) {
                      out.flush();
                      Thread.onSpinWait();
                    }
                  } finally {
                    ENDED.incrementAndGet();
                  }
                }));
  }

  @Test
  void a_large_body_arrives_whole() throws Exception {
    assertThat(get("/whole").body()).hasSize(PIECE * PIECES);
  }

  @Test
  void who_leaves_ends_the_writing_and_who_does_not_read_is_not_written_for() throws Exception {
    long before = ENDED.get();
    try (RawCaller caller = edge.caller()) {
      caller.get("/endless");
      assertThat(caller.line()).isEqualTo("HTTP/1.1 200 OK");
    }
    await().until(() -> ENDED.get() == before + 1);
    // what the system's buffers hold, and little more
    assertThat(WRITTEN.get()).isLessThan(64 << 20);
  }

  @Test
  void who_leaves_is_noticed_before_there_is_anything_to_write() throws Exception {
    long before = ENDED.get();
    try (RawCaller caller = edge.caller()) {
      caller.get("/silent");
    }
    await().until(() -> ENDED.get() == before + 1);
  }

  @Test
  void what_fails_before_the_first_piece_is_answered_as_an_error() throws Exception {
    HttpResponse<byte[]> answer = get("/refused");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("too many of them");
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.server.port() + path))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
