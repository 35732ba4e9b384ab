package io.tollgate.sandbox.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest {
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    upstream = ScriptedUpstream.start();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void what_is_written_is_sent_byte_for_byte() throws Exception {
    upstream.put(
        Script.answer()
            .line("HTTP/1.0 99999 What")
            .line("Folded: one")
            .line("  two")
            .header("Content-Length", "3")
            .body("longer")
            .close()
            .done());
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.post("/", "");
      assertThat(caller.readAll())
          .isEqualTo(
              "HTTP/1.0 99999 What\r\nFolded: one\r\n  two\r\nContent-Length: 3\r\n\r\nlonger");
    }
  }

  @Test
  void a_connection_is_kept_and_each_request_gets_the_next_script() throws Exception {
    upstream.put(Script.json(200, "{\"n\":1}"));
    upstream.put(Script.json(503, "{\"n\":2}"));
    try (RawCaller caller = new RawCaller(upstream)) {
      String head = "Scripted\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n";
      caller.post("/a", "");
      String first = "HTTP/1.1 200 " + head + "{\"n\":1}";
      assertThat(caller.read(first.length())).isEqualTo(first);
      caller.post("/b", "");
      String second = "HTTP/1.1 503 " + head + "{\"n\":2}";
      assertThat(caller.read(second.length())).isEqualTo(second);
    }
    assertThat(upstream.received())
        .extracting(ReceivedRequest::number, ReceivedRequest::connection, ReceivedRequest::target)
        .containsExactly(tuple(1L, 1L, "/a"), tuple(2L, 1L, "/b"));
  }

  @Test
  void events_come_in_chunks_of_their_own() throws Exception {
    upstream.put(
        Script.answer().eventStream().event("{}").pause(1).event("[DONE]").endChunks().done());
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.post("/", "");
      String expected =
          "HTTP/1.1 200 Scripted\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked"
              + "\r\n\r\na\r\ndata: {}\n\n\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";
      assertThat(caller.read(expected.length())).isEqualTo(expected);
    }
  }

  @Test
  void a_script_goes_to_the_requests_that_it_is_for() throws Exception {
    upstream.put(RequestMatch.model("gpt"), 1, Script.answer().raw("model").close().done());
    upstream.put(RequestMatch.path("/left/"), 1, Script.answer().raw("path").close().done());
    upstream.put(RequestMatch.header("X-Mark", "1"), 1, Script.answer().raw("mark").close().done());
    upstream.put(RequestMatch.contains("words"), 1, Script.answer().raw("body").close().done());
    assertThat(answerTo("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwords")).isEqualTo("body");
    assertThat(answerTo("GET / HTTP/1.1\r\nx-mark: 1\r\n\r\n")).isEqualTo("mark");
    assertThat(answerTo("GET /left/v1 HTTP/1.1\r\n\r\n")).isEqualTo("path");
    String chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(answerTo(chunked + "9\r\n{\"model\":\r\n6\r\n\"gpt\"}\r\n0\r\n\r\n"))
        .isEqualTo("model");
    assertThat(upstream.waiting()).isZero();
  }

  @Test
  void the_connection_can_be_closed_or_reset_when_the_next_request_arrives() throws Exception {
    upstream.put(Script.answer().raw("one").nextRequest().close().done());
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.post("/first", "");
      assertThat(caller.read(3)).isEqualTo("one");
      caller.post("/second", "");
      assertThat(caller.readAll()).isEmpty();
    }
    upstream.put(Script.answer().raw("one").nextRequest().reset().done());
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.post("/third", "");
      assertThat(caller.read(3)).isEqualTo("one");
      caller.post("/fourth", "");
      assertThatThrownBy(caller::readAll).isInstanceOf(SocketException.class);
    }
    assertThat(upstream.received())
        .extracting(ReceivedRequest::target)
        .containsExactly("/first", "/second", "/third", "/fourth");
  }

  @Test
  void an_answer_can_begin_before_the_body_has_come() throws Exception {
    upstream.put(Script.answer().beforeBody().status(200).body("early").done());
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.send("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
      assertThat(caller.read(12)).isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void a_caller_who_goes_ends_the_script() throws Exception {
    upstream.put(Script.answer().eventStream().repeatChunk(": wait\n\n", 5, 100_000).done());
    upstream.put(Script.answer().hang().done());
    upstream.put(Script.answer().pause(60_000).done());
    for (int call = 0; call < 3; call++) {
      try (RawCaller caller = new RawCaller(upstream)) {
        caller.post("/", "");
        int expected = call + 1;
        await().until(() -> upstream.received().size() == expected);
      }
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> upstream.openConnections() == 0);
  }

  @Test
  void people_put_scripts_and_see_what_came_over_http() throws Exception {
    String script = "status 200 OK\nevents\nevent {\"a\":1}\nend-chunks\nclose\n";
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.post("/script?times=2&model=gpt&header=X-Mark:yes", script);
      assertThat(caller.read(12)).isEqualTo("HTTP/1.1 200");
    }
    String asked =
        "POST /v1 HTTP/1.1\r\nX-Mark: yes\r\nContent-Length: 15\r\n\r\n{\"model\":\"gpt\"}";
    assertThat(answerTo(asked)).contains("data: {\"a\":1}\n\n").endsWith("0\r\n\r\n");
    assertThat(upstream.waiting()).isEqualTo(1);
    assertThat(answerTo("GET /received HTTP/1.1\r\n\r\n", 600))
        .contains("\"X-Mark: yes\"")
        .contains("{\\\"model\\\":\\\"gpt\\\"}");
    assertThat(answerTo("POST /script HTTP/1.1\r\nContent-Length: 4\r\n\r\nstop", 300))
        .contains("400")
        .contains("line 1: stop: unknown (expected: one of");
  }

  @Test
  void requests_without_a_script_go_to_the_other_server() throws Exception {
    try (ScriptedUpstream front =
        ScriptedUpstream.start("127.0.0.1", 0, Optional.of(URI.create(upstream.url())))) {
      upstream.put(Script.answer().status(200).body("from behind").close().done());
      front.put(RequestMatch.model("scripted"), 1, Script.answer().raw("front").close().done());
      try (RawCaller caller = new RawCaller(front)) {
        caller.post("/v1/chat", "{\"model\":\"natural\"}");
        assertThat(caller.readAll()).endsWith("from behind");
      }
    }
    assertThat(upstream.received())
        .singleElement()
        .satisfies(
            request -> assertThat(request.body().toString()).isEqualTo("{\"model\":\"natural\"}"));
  }

  @Test
  void a_request_without_any_script_says_what_to_do() throws Exception {
    assertThat(answerTo("GET / HTTP/1.1\r\n\r\n", 200)).contains("501").contains("PUT /script");
  }

  @Test
  void what_is_no_http_ends_the_connection() throws Exception {
    for (String nonsense :
        List.of(
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      assertThat(answerTo(nonsense)).isEmpty();
    }
  }

  private String answerTo(String request) throws Exception {
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.send(request);
      return caller.readAll();
    }
  }

  /** The first bytes of an answer on a connection that is kept. */
  private String answerTo(String request, int most) throws Exception {
    try (RawCaller caller = new RawCaller(upstream)) {
      caller.send(request);
      caller.halfClose();
      String all = caller.readAll();
      return all.substring(0, Math.min(most, all.length()));
    }
  }
}
