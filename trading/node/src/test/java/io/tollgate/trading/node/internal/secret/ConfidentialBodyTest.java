package io.tollgate.trading.node.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets are out of a body before anything else reads it. */
class ConfidentialBodyTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static ConfidentialBody read(byte[] body) {
    return ConfidentialBody.read(body);
  }

  private static String found(ConfidentialBody body, String path) {
    return body.secrets().find(path).map(String::new).orElse("none");
  }

  @Test
  void secrets_are_taken_from_where_they_stand_and_overwritten_there() {
    byte[] body =
        """
        {"api_secret":"outer", "tasks":[
          {"account_id":1,"api_key":"key-1","api_secret":"se\\u0063ret\\/\\"1"},
          {"passphrase" : "a phrase", "list":["x",{"api_key":"deep"}], "api_secret":"secret-2"}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    try (Secrets all = read(body).secrets()) {
      assertThat(all.find("api_secret").map(String::new)).contains("outer");
      assertThat(all.find("tasks[0].api_key").map(String::new)).contains("key-1");
      assertThat(all.find("tasks[0].api_secret").map(String::new)).contains("secret/\"1");
      assertThat(all.find("tasks[1].passphrase").map(String::new)).contains("a phrase");
      assertThat(all.find("tasks[1].api_secret").map(String::new)).contains("secret-2");
      assertThat(all.find("tasks[1].list[1].api_key").map(String::new)).contains("deep");
      assertThat(new String(body, StandardCharsets.UTF_8))
          .doesNotContain("outer", "key-1", "u0063", "a phrase", "secret-2", "deep")
          .contains("\"account_id\":1");
    }
  }

  @Test
  void closing_overwrites_what_was_taken() {
    ConfidentialBody body = read("{\"api_secret\":\"gone\"}".getBytes(StandardCharsets.UTF_8));
    char[] secret = body.secrets().find("api_secret").orElseThrow();
    body.secrets().close();
    assertThat(secret).containsOnly('\0');
    assertThat(body.secrets().find("api_secret")).isEmpty();
    assertThat(body.toString()).doesNotContain("gone");
  }

  @Test
  void a_name_written_with_escapes_is_the_same_name() {
    byte[] body = "{\"api\\u005fsecret\":\"hidden\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(found(read(body), "api_secret")).isEqualTo("hidden");
    assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\n", "caf\u00e9", "\\u00e9", "a\\u0000b", "\\ud83d\\ude00"})
  void what_no_exchange_gives_out_counts_as_not_given(String odd) {
    byte[] body = ("{\"api_key\":\"" + odd + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(found(read(body), "api_key")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"api_key\":\"half",
        "{\"api_key\":\"one\",\"api_key\":\"two\"}",
        "{\"api_key\":\"a\\",
        "]]]{\"api_key\":\"one\"}",
        ",,,\"api_key\":\"one\"",
        ""
      })
  void what_is_no_json_is_refused_without_its_secrets(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(Refusal.class)
        .hasMessageNotContaining("half")
        .hasMessageNotContaining("one")
        .hasMessageNotContaining("two");
  }

  @Test
  void random_documents_keep_all_but_their_secrets() {
    long seed = 1;
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      ObjectNode document = JSON.createObjectNode();
      fill(document, random, 3);
      ObjectNode expected = document.deepCopy();
      byte[] body = JSON.writeValueAsBytes(document);
      ConfidentialBody read = read(body);
      assertThat(new String(body, StandardCharsets.UTF_8))
          .as("seed %s, run %s", seed, run)
          .doesNotContain("S3CR3T");
      assertThat(blanked(read.json().toString())).isEqualTo(blanked(expected.toString()));
    }
  }

  private static void fill(ObjectNode node, Random random, int depth) {
    int fields = random.nextInt(5);
    for (int i = 0; i < fields; i++) {
      String name = "f" + i + (random.nextInt(4) == 0 ? "\"[{\\" : "");
      switch (random.nextInt(depth > 0 ? 6 : 4)) {
        case 0 -> node.put(name, random.nextInt());
        case 1 -> node.put(name, "text \\ \" [ { , : \u4e2d " + i);
        case 2 -> node.put("api_secret", "S3CR3T\"\\" + i);
        case 3 -> node.put("api_key", "S3CR3T");
        case 4 -> fill(node.putObject(name), random, depth - 1);
        default -> {
          ArrayNode array = node.putArray(name);
          for (int j = random.nextInt(3); j > 0; j--) {
            fill(array.addObject(), random, depth - 1);
          }
        }
      }
    }
  }

  private static String blanked(String json) {
    return json.replaceAll("\"(api_secret|api_key)\":\"(\\\\.|[^\"\\\\])*\"", "\"$1\":\"\"");
  }
}
