package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Models are asked for what they are not sold for, and would cost nothing. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class UnsoldModelsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  private final Site site;

  UnsoldModelsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource({
    "/v1/chat/completions, dall-e-3",
    "/v1/chat/completions, whisper-1",
    "/v1/chat/completions, tts-1",
    "/v1/chat/completions, rerank-v3.5",
    "/v1/chat/completions, jina-reranker-v2-base-multilingual",
    "/v1/chat/completions, text-embedding-3-small",
    "/v1/chat/completions, gemini-embedding-001",
    "/v1/chat/completions, omni-moderation-latest",
    "/v1/messages,         dall-e-3",
    "/v1/responses,        whisper-1",
    "/v1/completions,      tts-1",
    "/v1beta/models,       dall-e-3",
    "/v1beta/models,       gemini-embedding-001",
  })
  void a_conversation_with_a_model_that_is_not_sold_for_it_is_refused(String path, String model) {
    Payer payer = site.payer("1");
    var account = site.account();
    Answered refused =
        switch (path) {
          case "/v1beta/models" ->
              payer.post(
                  path + "/" + model + ":generateContent",
                  "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}");
          case "/v1/responses" -> payer.post(path, named(model, "\"input\":\"Hello\""));
          case "/v1/completions" -> payer.post(path, named(model, "\"prompt\":\"Hello\""));
          default -> payer.post(path, named(model, "\"max_tokens\":9," + HELLO));
        };
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .isEqualTo(
            "model: %s is not sold for conversations (expected: a model with a price for tokens of output)"
                .formatted(model));
    assertThat(site.received(account)).isEmpty();
    if (path.equals(CHAT)) {
      JsonNode error = refused.json().required("error");
      assertThat(error.required("param").asString()).isEqualTo("model");
      assertThat(error.required("type").asString()).isEqualTo("invalid_request_error");
    }
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/embeddings | dall-e-3 | \"input\":\"Hello\"",
        "/v1/embeddings | whisper-1 | \"input\":\"Hello\"",
        "/v1/moderations | tts-1 | \"input\":\"Hello\"",
      })
  void what_is_counted_by_the_token_is_not_asked_of_what_is_sold_by_the_piece(
      String path, String model, String rest) {
    var account = site.account();
    Answered refused = site.payer("1").post(path, named(model, rest));
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .contains("model: " + model + " is not sold by the token");
    assertThat(site.received(account)).isEmpty();
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/images/generations | whisper-1 | images | \"prompt\":\"A gate\"",
        "/v1/images/generations | rerank-v3.5 | images | \"prompt\":\"A gate\"",
        "/v1/audio/speech | dall-e-3 | characters | \"input\":\"A gate\",\"voice\":\"alloy\"",
        "/v1/rerank | dall-e-3 | search_units | \"query\":\"gate\",\"documents\":[\"a\",\"b\"]",
      })
  void pieces_that_a_model_has_no_price_for_are_refused(
      String path, String model, String kind, String rest) {
    var account = site.account();
    Answered refused = site.payer("1").post(path, named(model, rest));
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("model: " + model, "one with a price for " + kind);
    assertThat(site.received(account)).isEmpty();
  }

  @Test
  void pictures_of_a_model_that_is_sold_by_the_token_are_reserved_for_and_charged() {
    String asked = named("gpt-4o-mini", "\"prompt\":\"A gate\"");
    assertThat(site.payer("0.00001").post("/v1/images/generations", asked).status()).isEqualTo(402);
    Payer payer = site.payer("1");
    site.answers(
        io.tollgate.sandbox.script.Script.json(200, "{\"data\":[{\"b64_json\":\"aGVsbG8=\"}]}"));
    Answered made = payer.post("/v1/images/generations", asked);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(payer.charged(made).cost()).isPositive();
  }

  private static String named(String model, String rest) {
    return "{\"model\":\"" + model + "\"," + rest + "}";
  }
}
