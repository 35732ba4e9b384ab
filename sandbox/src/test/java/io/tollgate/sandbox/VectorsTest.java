package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VectorsTest {
  private final SandboxProvider sandbox;
  private final Caller caller;

  VectorsTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void texts_and_token_numbers_are_embedded_and_billed_by_input() {
    JsonNode answer = embed("\"input\":[\"Say hello\",\"Say goodbye\"]", "two");
    assertThat(answer.path("data").size()).isEqualTo(2);
    assertThat(answer.at("/data/1/index").asInt()).isEqualTo(1);
    assertThat(answer.at("/data/0/embedding").size()).isEqualTo(1536);
    int tokens = answer.at("/usage/prompt_tokens").asInt();
    assertThat(tokens).isEqualTo(answer.at("/usage/total_tokens").asInt()).isGreaterThan(3);
    assertThat(caller.served("two").path("input_tokens").asInt()).isEqualTo(tokens);
    assertThat(embed("\"input\":[1,2,3]", "numbers").at("/usage/prompt_tokens").asInt())
        .isEqualTo(3);
  }

  @Test
  void base64_holds_the_same_numbers() {
    JsonNode floats = embed("\"input\":\"x\",\"dimensions\":4", "f").at("/data/0/embedding");
    String text =
        embed("\"input\":\"x\",\"dimensions\":4,\"encoding_format\":\"base64\"", "b")
            .at("/data/0/embedding")
            .asString();
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
    double square = 0;
    for (JsonNode one : floats) {
      float value = bytes.getFloat();
      assertThat(value).isEqualTo(one.floatValue());
      square += value * value;
    }
    assertThat(square).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'input':'' | input",
        "'input':[] | input",
        "'input':7 | input",
        "'input':['x',7] | input[1]",
        "'input':'x','dimensions':5000 | dimensions",
        "'input':'x','encoding_format':'hex' | encoding_format",
      })
  void malformed_embedding_is_refused_by_name(String fields, String param) {
    HttpResponse<String> response =
        caller.post(
            "/v1/embeddings",
            "{\"model\":\"text-embedding-3-small\"," + fields.replace('\'', '"') + "}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/param").asString())
        .isEqualTo(param);
  }

  @Test
  void rerank_puts_the_nearest_first_in_both_shapes_each_billed_its_own_way() {
    String body =
        "\"query\":\"red apples\",\"documents\":[\"a blue car\",\"red apples are fruit\"],"
            + "\"top_n\":1,\"return_documents\":true}";
    JsonNode cohere =
        caller.posted("/v1/rerank", "{\"model\":\"rerank-v3.5\"," + body, "X-Request-Id", "cohere");
    JsonNode jina =
        caller.posted(
            "/v1/rerank",
            "{\"model\":\"jina-reranker-v2-base-multilingual\"," + body,
            "X-Request-Id",
            "jina");
    assertThat(cohere.path("results").size()).isEqualTo(1);
    assertThat(cohere.at("/results/0/index").asInt()).isEqualTo(1);
    assertThat(cohere.at("/results/0/relevance_score").asDouble()).isBetween(0.5, 1.0);
    assertThat(cohere.at("/results/0/document/text").asString()).isEqualTo("red apples are fruit");
    assertThat(cohere.at("/meta/billed_units/search_units").asInt()).isEqualTo(1);
    assertThat(caller.served("cohere").path("search_units").asInt()).isEqualTo(1);
    assertThat(jina.path("results")).isEqualTo(cohere.path("results"));
    assertThat(jina.at("/usage/total_tokens").asInt())
        .isPositive()
        .isEqualTo(caller.served("jina").path("input_tokens").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'documents':['x'] | query",
        "'query':'x' | documents",
        "'query':'x','documents':[7] | documents[0]"
      })
  void malformed_rerank_is_refused_by_name(String fields, String param) {
    HttpResponse<String> response =
        caller.post("/v1/rerank", "{\"model\":\"m\"," + fields.replace('\'', '"') + "}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/param").asString())
        .isEqualTo(param);
  }

  private JsonNode embed(String fields, String id) {
    return caller.posted(
        "/v1/embeddings",
        "{\"model\":\"text-embedding-3-small\"," + fields + "}",
        "X-Request-Id",
        id);
  }
}
