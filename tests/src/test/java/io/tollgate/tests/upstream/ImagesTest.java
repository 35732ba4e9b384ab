package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures cost the tokens that are reported, else what a picture of their size and quality does.
 */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ImagesTest {
  private static final String PATH = "/v1/images/generations";
  private static final String USAGE =
      "\"usage\":{\"total_tokens\":1100,\"input_tokens\":44,\"output_tokens\":1056,"
          + "\"input_tokens_details\":{\"text_tokens\":14,\"image_tokens\":30}}";

  private final Site site;

  ImagesTest(Site site) {
    this.site = site;
  }

  @Test
  void reported_tokens_are_charged_by_kind_and_the_cost_is_told() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, answer(1, USAGE)));
    Answered answered = payer.post(PATH, asks("gpt-image-1", "'quality':'medium'"));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.json().at("/data/0/b64_json").asString()).isEqualTo("aGk=");
    Payer.Charged charged = payer.charged(answered);
    // 14 x 5 + 30 x 10 + 1056 x 40 USD for a million
    charged.is("0.04261", 44, 1056);
    assertThat(new BigDecimal(answered.header("x-tollgate-cost")))
        .isEqualByComparingTo(charged.cost());
  }

  @ParameterizedTest(name = "{0} of {1} in {2}: {3} USD by {4}")
  @CsvSource({
    "dall-e-3,    -,         -,        0.04,  standard",
    "dall-e-3,    1024x1024, standard, 0.04,  standard",
    "dall-e-3,    1024x1792, -,        0.08,  1024x1792",
    "dall-e-3,    -,         hd,       0.08,  hd",
    "dall-e-3,    1024x1024, hd,       0.08,  hd",
    "dall-e-3,    1792x1024, hd,       0.12,  hd-1792x1024",
    "dall-e-3,    512x512,   wild,     0.04,  standard",
    "gpt-image-1, 1024x1536, high,     0.25,  high-1024x1536",
    "gpt-image-1, -,         -,        0.042, standard",
  })
  void without_a_report_a_picture_costs_what_its_size_and_quality_do(
      String model, String size, String quality, String dollars, String variant) {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, answer(1, "")));
    String asked = asks(model, "'size':'" + size + "','quality':'" + quality + "'");
    Answered answered =
        payer.post(PATH, asked.replace(",\"size\":\"-\"", "").replace(",\"quality\":\"-\"", ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    charged.is(dollars, 0, 0);
    assertThat(charged.row().at("/usage/images").asLong()).isEqualTo(1);
    assertThat(charged.row().required("price_version").asString())
        .contains(":" + variant + ":")
        .endsWith(":" + model);
  }

  @Test
  void pictures_that_came_are_charged_and_not_those_that_were_asked_for() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, answer(2, "")));
    Answered answered = payer.post(PATH, asks("dall-e-3", "'n':3"));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is("0.08", 0, 0);
  }

  @Test
  void a_streamed_picture_passes_and_is_charged_by_its_last_event() {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    Answered answered =
        payer.post(PATH, asks("gpt-image-1", "'stream':true,'partial_images':2,'quality':'low'"));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).startsWith("text/event-stream");
    assertThat(answered.events()).hasSize(3);
    assertThat(answered.events().getLast()).contains("image_generation.completed");
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.output()).isEqualTo(272);
    assertThat(charged.row().at("/usage/image_output").asLong()).isEqualTo(272);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html><title>One moment</title>",
        "{\"created\":1,\"data\":[{\"b64",
        "{}",
        "{\"data\":[]}",
        "{\"error\":{\"message\":\"no GPU for sk-acct-00112233445566\"}}"
      })
  void what_is_no_picture_is_free_and_another_account_is_asked(String body) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream().put(accounts.getFirst().match(), 1, Script.json(200, body));
    site.upstream().put(accounts.get(1).match(), 1, Script.json(200, answer(1, "")));
    Answered answered = payer.post(PATH, asks("dall-e-3", ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.04", 0, 0);
    assertThat(charged.attempts()).isEqualTo(2);
  }

  @Test
  void an_error_is_cleaned_and_free() {
    Payer payer = site.payer("1");
    site.answers(
        Script.json(
            400,
            "{\"error\":{\"message\":\"refused for org-AbCdEf123456\",\"type\":\"image_generation_user_error\","
                + "\"code\":\"moderation_blocked\"}}"));
    Answered answered = payer.post(PATH, asks("gpt-image-1", ""));
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.errorCode()).isEqualTo("moderation_blocked");
    assertThat(answered.body()).doesNotContain("AbCdEf");
    payer.charged(answered).isFree();
  }

  @ParameterizedTest
  @CsvSource({"dall-e-3, 0.03", "gpt-image-1, 0.1"})
  void without_the_means_for_a_picture_nothing_is_sent(String model, String dollars) {
    Payer payer = site.payer(dollars);
    var account = site.account();
    Answered answered = payer.post(PATH, asks(model, ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(402);
    assertThat(site.received(account)).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo(dollars);
  }

  @Test
  void a_model_without_a_price_for_pictures_is_refused_before_anything_is_sent() {
    Payer payer = site.payer("1");
    var account = site.account();
    Answered answered = payer.post(PATH, asks("whisper-1", ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(400);
    assertThat(answered.body()).contains("images");
    assertThat(site.received(account)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"model\":\"dall-e-3\"}', prompt",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"\"}', prompt",
    "'{\"model\":\"dall-e-3\",\"prompt\":[\"a\"]}', prompt",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"n\":0}', n",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"n\":11}', n",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"n\":1.5}', n",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"n\":1,\"n\":2}', n",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"size\":1024}', size",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"quality\":{}}', quality",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"stream\":\"yes\"}', stream",
    "'{\"model\":\"dall-e-3\",\"prompt\":\"a\",\"stream\":true,\"partial_images\":9}', partial_images",
    "'{\"model\":7,\"prompt\":\"a\"}', model",
  })
  void what_is_wrong_is_named(String body, String parameter) {
    Answered answered = site.payer("1").post(PATH, body);
    assertThat(answered.status()).as(answered.body()).isEqualTo(400);
    assertThat(answered.json().at("/error/param").asString()).isEqualTo(parameter);
    assertThat(answered.json().at("/error/message").asString())
        .startsWith(parameter + ": ")
        .contains("expected: ");
  }

  private static String asks(String model, String parameters) {
    String more = parameters.isEmpty() ? "" : "," + parameters.replace('\'', '"');
    return "{\"model\":\"" + model + "\",\"prompt\":\"A gate at dusk\"" + more + "}";
  }

  private static String answer(int pictures, String usage) {
    return "{\"created\":1764460800,\"data\":["
        + "{\"b64_json\":\"aGk=\"},".repeat(pictures - 1)
        + "{\"b64_json\":\"aGk=\"}]"
        + (usage.isEmpty() ? "" : "," + usage)
        + "}";
  }
}
