package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Settings;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final LogConfig EVERYTHING =
      LogConfig.from(
          Settings.merge(
              LogConfig.settings(),
              Map.of(),
              Map.of("log.level", "DEBUG", "log.console.level", "ERROR"),
              Map.of(),
              Map.of(),
              "file"));

  @TempDir private Path folder;

  @Test
  void each_request_is_a_line_without_query_headers_or_body() throws IOException {
    String id;
    Routes routes =
        (table, loop, vertx) ->
            table.blocking(
                HttpMethod.POST,
                "/models/{model}",
                ErrorForms.standard(),
                request -> Response.json(200, request.json()));
    Path file;
    try (Logs logs = Logs.open(folder, EVERYTHING);
        TestEdge edge = new TestEdge(Map.of("http.access.log", "all"), routes);
        RawCaller caller = edge.caller()) {
      file = logs.file();
      caller.send(
          "POST /models/m1?key=sk-query&token=tok HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer sk-header\r\n"
              + "X-Client-Request-Id: mine\r\nContent-Length: 11\r\n\r\n\"my prompt\"");
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.body()).isEqualTo("\"my prompt\"");
      id = answer.header("x-request-id");
      assertThat(caller.get("/unknown?key=sk-query").answer().status()).isEqualTo(404);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .filteredOn(line -> line.contains("request answered"))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"request_id\":\"" + id + "\"")
        .contains("\"client_request_id\":\"mine\"")
        .contains("\"path\":\"/models/m1\"")
        .contains("\"route\":\"/models/{model}\"")
        .contains("\"status\":200")
        .contains("\"bytes\":11")
        .contains("\"remote\":\"127.0.0.1\"");
    assertThat(String.join("\n", lines))
        .doesNotContain("sk-query")
        .doesNotContain("sk-header")
        .doesNotContain("my prompt");
  }

  @Test
  void only_failed_requests_are_lines_where_nothing_is_set() throws IOException {
    Routes routes =
        (table, loop, vertx) ->
            table.blocking(
                HttpMethod.GET, "/well", ErrorForms.standard(), request -> Response.empty(204));
    Path file;
    try (Logs logs = Logs.open(folder, EVERYTHING);
        TestEdge edge = new TestEdge(routes);
        RawCaller caller = edge.caller()) {
      file = logs.file();
      assertThat(caller.get("/well").answer().status()).isEqualTo(204);
      assertThat(caller.get("/ill").answer().status()).isEqualTo(404);
    }
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains("request answered"))
        .singleElement()
        .asString()
        .contains("\"path\":\"/ill\"");
  }

  @Test
  void text_of_a_query_is_in_no_log_however_a_route_fails_with_it() throws IOException {
    Routes routes =
        (table, loop, vertx) -> {
          table.blocking(
              HttpMethod.GET,
              "/blocking",
              ErrorForms.standard(),
              request -> {
                throw new IllegalStateException(
                    "no such key", new IllegalArgumentException(request.query("key").orElse("")));
              });
          table.stream(
              HttpMethod.GET,
              "/stream",
              ErrorForms.standard(),
              (context, request) ->
                  vertx.runOnContext(
                      later -> {
                        throw new IllegalArgumentException("cannot read " + request.uri());
                      }));
          table.stream(
              HttpMethod.GET,
              "/parsed",
              ErrorForms.standard(),
              (context, request) -> {
                throw new IllegalArgumentException(request.getParam("key"));
              });
        };
    Path file;
    try (Logs logs = Logs.open(folder, EVERYTHING);
        TestEdge edge = new TestEdge(Map.of("http.access.log", "all"), routes);
        RawCaller caller = edge.caller()) {
      file = logs.file();
      for (String path : List.of("/blocking", "/stream", "/parsed")) {
        assertThat(caller.get(path + "?key=sk%2Dcanary&a=b").answer().status()).isEqualTo(500);
        assertThat(caller.get(path + "?key=sk%zzcanary").answer().status()).isEqualTo(400);
      }
    }
    assertThat(Files.readString(file))
        .contains("java.lang.IllegalStateException")
        .contains("message withheld")
        .doesNotContain("canary");
  }
}
