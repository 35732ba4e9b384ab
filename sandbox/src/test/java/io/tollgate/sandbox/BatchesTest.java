package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchesTest {
  private static final String LINES =
      """
      {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say hello"}]}}
      {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[{"role":"king","content":"x"}]}}
      {"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say hello"}]}}
      """;

  private final SandboxProvider sandbox;
  private final Caller caller;

  BatchesTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void batch_is_done_later_its_lines_answered_and_its_tokens_counted_once() {
    String file = file(caller, LINES);
    JsonNode made = batch(caller, file, "done", "output_tokens=5");
    assertThat(made.path("status").asString()).isEqualTo("in_progress");
    assertThat(made.at("/request_counts/total").asInt()).isEqualTo(3);
    String path = "/v1/batches/" + made.path("id").asString();
    await().until(() -> status(caller, path).equals("completed"));

    JsonNode done = Caller.JSON.readTree(caller.get(path).body());
    assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(2);
    assertThat(done.at("/request_counts/failed").asInt()).isEqualTo(1);
    assertThat(done.at("/usage/output_tokens").asInt()).isEqualTo(10);
    String output = content(done.path("output_file_id").asString());
    assertThat(output.lines()).hasSize(2);
    JsonNode line = Caller.JSON.readTree(output.lines().toList().getLast());
    assertThat(line.path("custom_id").asString()).isEqualTo("c");
    assertThat(line.at("/response/body/usage/completion_tokens").asInt()).isEqualTo(5);
    assertThat(content(done.path("error_file_id").asString()))
        .contains("\"custom_id\":\"b\"", "king");
    JsonNode served = caller.served("done");
    assertThat(served.path("attempts").asInt()).isEqualTo(1);
    assertThat(served.path("input_tokens").asInt()).isEqualTo(18);
    assertThat(served.path("output_tokens").asInt()).isEqualTo(10);
    assertThat(caller.get("/v1/batches").body()).contains(done.path("id").asString());
  }

  @Test
  void cancelled_batch_has_done_some_of_its_lines_and_is_billed_for_those() {
    JsonNode made = batch(caller, file(caller, LINES), "cancelled", "output_tokens=5");
    String path = "/v1/batches/" + made.path("id").asString();
    assertThat(caller.posted(path + "/cancel", "").path("status").asString())
        .isIn("cancelling", "cancelled");
    await().until(() -> status(caller, path).equals("cancelled"));
    assertThat(caller.served("cancelled").path("output_tokens").asInt()).isEqualTo(5);
    assertThat(caller.post(path + "/cancel", "").statusCode()).isEqualTo(409);
  }

  @Test
  void file_with_lines_that_cannot_be_read_fails_the_batch() {
    JsonNode made = batch(caller, file(caller, "not json\n{\"custom_id\":\"a\"}\n"), "failed", "");
    String path = "/v1/batches/" + made.path("id").asString();
    await().until(() -> status(caller, path).equals("failed"));
    assertThat(Caller.JSON.readTree(caller.get(path).body()).at("/errors/data").size())
        .isEqualTo(2);
    assertThat(caller.served("failed").path("input_tokens").asInt()).isZero();
  }

  @Test
  void what_was_made_with_one_key_is_not_there_for_another() {
    String file = file(caller, LINES);
    String other = "Bearer another";
    assertThat(caller.get("/v1/files/" + file).body()).contains("\"purpose\":\"batch\"");
    assertThat(caller.get("/v1/files/" + file, "Authorization", other).statusCode()).isEqualTo(404);
    assertThat(caller.get("/v1/files", "Authorization", other).body()).contains("\"data\":[]");
    String batch = batch(caller, file, "mine", "").path("id").asString();
    assertThat(caller.get("/v1/batches/" + batch, "Authorization", other).statusCode())
        .isEqualTo(404);
    assertThat(caller.send(caller.request("/v1/files/" + file).DELETE()).body())
        .contains("\"deleted\":true");
    assertThat(caller.get("/v1/files/" + file + "/content").statusCode()).isEqualTo(404);
  }

  @Test
  void batch_that_a_process_left_is_done_by_the_next(@TempDir Path dir) {
    String path;
    try (SandboxProvider before = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller first = new Caller(before.port());
      path =
          "/v1/batches/"
              + batch(first, file(first, LINES), "left", "output_tokens=5").path("id").asString();
    }
    try (SandboxProvider after = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller second = new Caller(after.port());
      await().until(() -> status(second, path).equals("completed"));
      assertThat(second.served("left").path("attempts").asInt()).isEqualTo(1);
      assertThat(second.served("left").path("output_tokens").asInt()).isEqualTo(10);
    }
    try (SandboxProvider again = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller third = new Caller(again.port());
      assertThat(third.served("left").path("output_tokens").asInt()).isEqualTo(10);
      assertThat(status(third, path)).isEqualTo("completed");
    }
  }

  @Test
  void malformed_files_and_batches_are_refused() {
    assertThat(new FormBody().text("purpose", "batch").post(caller, "/v1/files").body())
        .contains("'file': 0 files");
    assertThat(
            new FormBody()
                .text("purpose", "fun")
                .file("file", new byte[] {1})
                .post(caller, "/v1/files")
                .body())
        .contains("purpose");
    HttpResponse<String> unknown =
        caller.post(
            "/v1/batches",
            "{\"input_file_id\":\"file-none\",\"endpoint\":\"/v1/responses\","
                + "\"completion_window\":\"24h\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(caller.post("/v1/batches", "{\"endpoint\":\"/v1/nothing\"}").body())
        .contains("/v1/chat/completions");
  }

  private static String file(Caller caller, String lines) {
    HttpResponse<String> response =
        new FormBody()
            .text("purpose", "batch")
            .file("file", lines.getBytes(StandardCharsets.UTF_8))
            .post(caller, "/v1/files");
    return Caller.JSON.readTree(response.body()).path("id").asString();
  }

  private static JsonNode batch(Caller caller, String file, String id, String steering) {
    return caller.posted(
        "/v1/batches",
        "{\"input_file_id\":\""
            + file
            + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}",
        "X-Request-Id",
        id,
        "X-Sandbox",
        steering);
  }

  private static String status(Caller caller, String path) {
    return Caller.JSON.readTree(caller.get(path).body()).path("status").asString();
  }

  private String content(String file) {
    return caller.get("/v1/files/" + file + "/content").body();
  }
}
