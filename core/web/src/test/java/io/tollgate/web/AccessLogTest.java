package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

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
      new LogConfig(LogConfig.Level.DEBUG, LogConfig.Level.ERROR, 10, 100, 1);

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
}
