package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeminiTest {
  private static final String FLASH = "/v1beta/models/gemini-2.5-flash:";
  private static final String TOOLS =
      ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"look\",\"parameters\":{\"type\":\"OBJECT\","
          + "\"properties\":{\"city\":{\"type\":\"STRING\"}}}},{\"name\":\"find\"}]}]";

  private final SandboxProvider sandbox;
  private final Caller caller;

  GeminiTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1beta", "/v1"})
  void content_has_the_shape_of_google(String version) {
    JsonNode answer =
        caller.posted(version + "/models/gemini-2.5-flash:generateContent", hello(""));
    assertThat(answer.at("/candidates/0/content/role").asString()).isEqualTo("model");
    assertThat(answer.at("/candidates/0/content/parts/0/text").asString()).isNotEmpty();
    assertThat(answer.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
    assertThat(answer.at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(9);
    assertThat(answer.at("/usageMetadata/totalTokenCount").asInt())
        .isEqualTo(9 + answer.at("/usageMetadata/candidatesTokenCount").asInt());
    assertThat(answer.path("modelVersion").asString()).isEqualTo("gemini-2.5-flash");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "output_tokens=5 | sse | ",
        "output_tokens=5 | array | ",
        "reasoning_tokens=7; output_tokens=12 | sse | THINK",
        "reasoning_tokens=7; output_tokens=12 | array | ",
        "finish=blocked | sse | ",
        "finish=content_filter | array | ",
        "tool_calls=3 | sse | TOOLS",
        "tool_calls=2; reasoning_tokens=3 | array | TOOLS",
      })
  void stream_says_what_the_whole_content_says(String steering, String form, String more) {
    String fields =
        more == null
            ? ""
            : more.equals("TOOLS")
                ? TOOLS
                : ",\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}";
    JsonNode whole = generate(hello(fields), steering);
    List<JsonNode> chunks = stream(hello(fields), steering, form.equals("sse"));

    JsonNode last = chunks.getLast();
    assertThat(last.path("usageMetadata")).isEqualTo(whole.path("usageMetadata"));
    assertThat(last.at("/candidates/0/finishReason"))
        .isEqualTo(whole.at("/candidates/0/finishReason"));
    assertThat(last.path("promptFeedback")).isEqualTo(whole.path("promptFeedback"));
    assertThat(said(chunks)).isEqualTo(said(List.of(whole)));
    long before = 0;
    for (JsonNode chunk : chunks) {
      long total = chunk.at("/usageMetadata/totalTokenCount").asLong();
      assertThat(total).isGreaterThanOrEqualTo(before);
      before = total;
    }
  }

  @Test
  void usage_has_each_kind_in_its_own_field_and_the_witness_has_them_too() {
    String picture =
        "{\"contents\":[{\"parts\":[{\"text\":\"Say hello\"},{\"inlineData\":{\"mimeType\":"
            + "\"image/png\",\"data\":\"AAAA\"}},{\"inlineData\":{\"mimeType\":\"audio/wav\","
            + "\"data\":\"AAAA\"}}]}]}";
    JsonNode usage =
        caller
            .posted(
                FLASH + "generateContent",
                picture,
                "X-Sandbox",
                "cached_tokens=4; reasoning_tokens=6; output_tokens=10",
                "X-Request-Id",
                "kinds")
            .path("usageMetadata");
    assertThat(usage.path("promptTokenCount").asInt()).isEqualTo(9 + 85 + 85);
    assertThat(usage.path("cachedContentTokenCount").asInt()).isEqualTo(4);
    assertThat(usage.path("thoughtsTokenCount").asInt()).isEqualTo(6);
    assertThat(usage.path("candidatesTokenCount").asInt()).isEqualTo(4);
    assertThat(usage.path("promptTokensDetails").toString())
        .isEqualTo(
            "[{\"modality\":\"TEXT\",\"tokenCount\":9},{\"modality\":\"IMAGE\",\"tokenCount\":85},"
                + "{\"modality\":\"AUDIO\",\"tokenCount\":85}]");
    JsonNode served = caller.served("kinds");
    assertThat(served.path("input_tokens").asInt()).isEqualTo(179);
    assertThat(served.path("output_tokens").asInt()).isEqualTo(10);
    assertThat(served.path("cached_tokens").asInt()).isEqualTo(4);
    assertThat(served.path("reasoning_tokens").asInt()).isEqualTo(6);
    assertThat(served.path("image_input_tokens").asInt()).isEqualTo(85);
    assertThat(served.path("audio_input_tokens").asInt()).isEqualTo(85);
  }

  @Test
  void functions_are_called_when_forced_and_named() {
    JsonNode forced =
        generate(
            hello(
                TOOLS
                    + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\","
                    + "\"allowedFunctionNames\":[\"find\"]}}"),
            "");
    assertThat(forced.at("/candidates/0/content/parts/0/functionCall/name").asString())
        .isEqualTo("find");
    JsonNode named = generate(hello(TOOLS).replace("hello", "look"), "");
    assertThat(named.at("/candidates/0/content/parts/0/functionCall/args/city").isString())
        .isTrue();
    assertThat(named.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
  }

  @Test
  void newest_models_want_their_signature_back_or_the_documented_placeholder() {
    String path = "/v1beta/models/gemini-3-pro-preview:generateContent";
    JsonNode part =
        caller
            .posted(path, hello(TOOLS).replace("hello", "look"))
            .at("/candidates/0/content/parts/0");
    String signature = part.path("thoughtSignature").asString();
    assertThat(signature).isNotEmpty();
    String again =
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"look\"}]},{\"role\":\"model\","
            + "\"parts\":["
            + part
            + "]},{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"look\","
            + "\"response\":{\"result\":1}}}]}]}";
    assertThat(caller.post(path, again).statusCode()).isEqualTo(200);
    assertThat(caller.post(path, again.replace(signature, "")).body())
        .contains("missing a thought_signature");
    assertThat(caller.post(path, again.replace(signature, "AAAA")).body()).contains("not valid");
    assertThat(
            caller
                .post(path, again.replace(signature, "skip_thought_signature_validator"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void json_follows_either_kind_of_schema() {
    for (String kind : List.of("responseSchema", "responseJsonSchema", "response_schema")) {
      JsonNode answer =
          generate(
              hello(
                  ",\"generationConfig\":{\"responseMimeType\":\"application/json\",\""
                      + kind
                      + "\":{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}}}}"),
              "");
      String text = answer.at("/candidates/0/content/parts/0/text").asString();
      assertThat(Caller.JSON.readTree(text).path("ok").isBoolean()).isTrue();
    }
  }

  @Test
  void tokens_are_counted() {
    assertThat(caller.posted(FLASH + "countTokens", hello("")).path("totalTokens").asInt())
        .isEqualTo(9);
    assertThat(
            caller
                .posted(
                    FLASH + "countTokens",
                    "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\","
                        + hello("").substring(1)
                        + "}")
                .path("totalTokens")
                .asInt())
        .isEqualTo(9);
  }

  @Test
  void texts_are_embedded_one_by_one_and_in_batches() {
    String model = "/v1beta/models/gemini-embedding-001:";
    JsonNode one =
        caller.posted(
            model + "embedContent",
            "{\"content\":{\"parts\":[{\"text\":\"Say hello\"}]},\"outputDimensionality\":8}",
            "X-Request-Id",
            "embedded");
    JsonNode many =
        caller.posted(
            model + "batchEmbedContents",
            "{\"requests\":[{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{"
                + "\"text\":\"Say hello\"}]},\"outputDimensionality\":8},{\"model\":"
                + "\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"Bye\"}]}}]}");
    assertThat(one.at("/embedding/values").size()).isEqualTo(8);
    assertThat(many.at("/embeddings/0/values")).isEqualTo(one.at("/embedding/values"));
    assertThat(many.at("/embeddings/1/values").size()).isEqualTo(3072);
    assertThat(caller.served("embedded").path("input_tokens").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | contents is not specified",
        "{'contents':[{'role':'assistant','parts':[{'text':'x'}]}]} | valid role",
        "{'contents':[{'parts':[]}]} | must not be empty",
        "{'contents':[{'parts':[{}]}]} | required oneof",
        "{'contents':[{'parts':[{'text':'x','inlineData':{}}]}]} | already set",
        "{'contents':[{'parts':[{'text':7}]}]} | TYPE_STRING",
        "{'contents':[{'parts':[{'type':'text','text':'x'}]}]} | Unknown name \"type\"",
        "{'contents':[{'parts':[{'inlineData':{'mimeType':'image/png','data':'%%'}}]}]} | base64",
        "{'contents':[{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]} | number of function response parts",
        "{'contents':[{'parts':[{'text':'x'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},{'parts':[{'text':'y'}]}]} | number of function response parts",
        "{'contents':[{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]} | comes immediately after",
        "{'contents':[{'parts':[{'text':'x'}]},{'role':'model','parts':[{'text':'y'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]} | comes immediately after",
        "{'contents':[{'parts':[{'text':'x'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':'{}'}}]}]} | expected: an object",
        "{'messages':[]} | Unknown name \"messages\"",
      })
  void contents_are_held_to_the_rules_of_the_real_one(String body, String message) {
    assertThat(refused(body.replace('\'', '"'))).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'generationConfig':{'maxTokens':1} | Unknown name \"maxTokens\" at 'generation_config'",
        "'generationConfig':{'temperature':3} | temperature",
        "'generationConfig':{'stopSequences':['a','b','c','d','e','f']} | at most 5",
        "'generationConfig':{'thinkingConfig':{'thinkingBudget':5,'thinkingLevel':'LOW'}} | only one",
        "'generationConfig':{'responseSchema':{'type':'OBJECT'}} | response_mime_type",
        "'tools':[{'functionDeclarations':[{'name':'1x'}]}] | Invalid function name",
        "'tools':[{'functionDeclarations':[{'name':'x','parameters':{'type':'OBJECT','additionalProperties':false}}]}] | Unknown name \"additionalProperties\"",
        "'tools':[{'functionDeclarations':[{'name':'x','parameters':{'$ref':'#/x'}}]}] | Unknown name \"$ref\"",
        "'tools':[{'functionDeclarations':[{'name':'x','parameters':{'type':['STRING','NULL']}}]}] | not repeating",
        "'toolConfig':{'functionCallingConfig':{'mode':'ANY'}} | no function is declared",
        "'toolConfig':{'functionCallingConfig':{'mode':'AUTO','allowedFunctionNames':['x']}} | only when the mode is ANY",
      })
  void field_out_of_its_rules_is_refused(String field, String message) {
    assertThat(refused(hello("," + field.replace('\'', '"')))).contains(message);
  }

  @Test
  void key_is_taken_from_header_or_query_and_refusals_have_googles_form() {
    assertThat(keyless("generateContent", "x-goog-api-key", "any").statusCode()).isEqualTo(200);
    assertThat(keyless("generateContent?key=any", "a", "b").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = keyless("generateContent", "a", "b");
    assertThat(refused.statusCode()).isEqualTo(403);
    JsonNode error = Caller.JSON.readTree(refused.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(403);
    assertThat(error.path("status").asString()).isEqualTo("PERMISSION_DENIED");
    HttpResponse<String> busy =
        caller.post(FLASH + "generateContent", hello(""), "X-Sandbox", "status=429");
    assertThat(busy.body()).contains("RESOURCE_EXHAUSTED");
  }

  @Test
  void models_are_listed_in_the_shape_that_the_headers_tell() {
    assertThat(
            Caller.JSON
                .readTree(caller.get("/v1/models", "x-goog-api-key", "k").body())
                .at("/models/0/name")
                .asString())
        .startsWith("models/");
    assertThat(caller.get("/v1beta/models").body()).contains("models/gemini-embedding-001");
    assertThat(
            Caller.JSON
                .readTree(caller.get("/v1/models", "anthropic-version", "2023-06-01").body())
                .path("has_more")
                .isBoolean())
        .isTrue();
  }

  private HttpResponse<String> keyless(String action, String header, String value) {
    return caller.send(
        caller
            .request(FLASH + action, "Authorization", "none", header, value)
            .POST(HttpRequest.BodyPublishers.ofString(hello(""))));
  }

  private static String hello(String more) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello\"}]}]" + more + "}";
  }

  private String refused(String body) {
    HttpResponse<String> response = caller.post(FLASH + "generateContent", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode error = Caller.JSON.readTree(response.body()).path("error");
    assertThat(error.path("status").asString()).isEqualTo("INVALID_ARGUMENT");
    return error.path("message").asString();
  }

  private JsonNode generate(String body, String steering) {
    return caller.posted(FLASH + "generateContent", body, "X-Sandbox", steering);
  }

  private List<JsonNode> stream(String body, String steering, boolean sse) {
    String text =
        caller
            .post(
                FLASH + "streamGenerateContent" + (sse ? "?alt=sse" : ""),
                body,
                "X-Sandbox",
                steering)
            .body();
    List<JsonNode> chunks = new ArrayList<>();
    if (sse) {
      for (String event : text.split("\r\n\r\n")) {
        chunks.add(Caller.JSON.readTree(event.substring("data: ".length())));
      }
    } else {
      Caller.JSON.readTree(text).forEach(chunks::add);
    }
    return chunks;
  }

  /** Thoughts, words and calls that chunks tell, in order. */
  private static String said(List<JsonNode> chunks) {
    StringBuilder thoughts = new StringBuilder();
    StringBuilder words = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (JsonNode chunk : chunks) {
      for (JsonNode part : chunk.at("/candidates/0/content/parts")) {
        (part.path("thought").asBoolean(false) ? thoughts : words)
            .append(part.path("text").asString(""));
        calls.append(part.path("functionCall")).append(part.path("thoughtSignature"));
      }
    }
    return thoughts + "|" + words + "|" + calls;
  }
}
