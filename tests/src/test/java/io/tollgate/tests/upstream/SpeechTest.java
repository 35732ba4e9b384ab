package io.tollgate.tests.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech passes as it comes and costs its characters, unless tokens are reported. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class SpeechTest {
  private static final String PATH = "/v1/audio/speech";
  private static final String JSON = "application/json";

  private final Site site;

  SpeechTest(Site site) {
    this.site = site;
  }

  @Test
  void sound_passes_as_it_comes_with_its_type_and_costs_its_characters() {
    Payer payer = site.payer("1");
    site.answers(
        Script.answer()
            .status(200)
            .header("Content-Type", "audio/mpeg")
            .chunked()
            .chunk("ID3 first")
            .pause(400)
            .chunk(" last")
            .endChunks()
            .done());
    Answered answered = payer.post(PATH, asks("tts-1", "Grüße, 10 €!", ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).isEqualTo("audio/mpeg");
    assertThat(answered.body()).isEqualTo("ID3 first last");
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.00018", 0, 0);
    assertThat(charged.row().at("/usage/characters").asLong()).isEqualTo(12);
  }

  @Test
  void the_sandbox_s_sound_comes_whole() {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    HttpResponse<byte[]> answer =
        payer.bytes(PATH, JSON, asks("tts-1", "Hello", "'response_format':'wav'").getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), 0, 4, UTF_8)).isEqualTo("RIFF");
    payer.charged(answer.headers().firstValue("X-Request-Id").orElseThrow()).is("0.000075", 0, 0);
  }

  @Test
  void tokens_that_events_report_are_charged() {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    Answered answered =
        payer.post(
            PATH,
            asks("gpt-4o-mini-tts", "Hello there", "'stream_format':'sse'"),
            "X-Sandbox",
            "input_tokens=10; output_tokens=100");
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.events().getLast()).contains("speech.audio.done");
    // 10 x 0.6 + 100 x 12 for a million; its report does not say that it is sound: 10 for text
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.input()).isEqualTo(10);
    assertThat(charged.output()).isEqualTo(100);
    charged.is("0.001206", 10, 100);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text/html,        <html><title>One moment</title>",
    "application/json, '{\"error\":{\"message\":\"no voice\"}}'",
    "application/json, '{\"broken'",
    "text/plain,       sorry",
    "audio/mpeg,       ''",
  })
  void what_is_no_sound_is_free_and_another_account_is_asked(String type, String body) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream()
        .put(
            accounts.getFirst().match(),
            1,
            Script.answer().status(200).header("Content-Type", type).body(body).done());
    site.upstream()
        .put(
            accounts.get(1).match(),
            1,
            Script.answer().status(200).header("Content-Type", "audio/mpeg").body("ID3").done());
    Answered answered = payer.post(PATH, asks("tts-1", "Hello", ""));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.body()).isEqualTo("ID3");
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.000075", 0, 0);
    assertThat(charged.attempts()).isEqualTo(2);
  }

  @Test
  void without_means_nothing_is_sent() {
    Payer payer = site.payer("0.00001");
    var account = site.account();
    assertThat(payer.post(PATH, asks("tts-1", "Hello", "")).status()).isEqualTo(402);
    assertThat(site.received(account)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"input\":\"a\",\"voice\":\"alloy\"}', model",
    "'{\"model\":\"tts-1\",\"voice\":\"alloy\"}', input",
    "'{\"model\":\"tts-1\",\"input\":\"\"}', input",
    "'{\"model\":\"tts-1\",\"input\":[\"a\"]}', input",
    "'{\"model\":\"tts-1\",\"input\":\"a\",\"instructions\":3}', instructions",
  })
  void what_is_wrong_is_named(String body, String parameter) {
    Answered answered = site.payer("1").post(PATH, body);
    assertThat(answered.status()).as(answered.body()).isEqualTo(400);
    assertThat(answered.json().at("/error/param").asString()).isEqualTo(parameter);
  }

  private static String asks(String model, String input, String parameters) {
    String more = parameters.isEmpty() ? "" : "," + parameters.replace('\'', '"');
    return "{\"model\":\""
        + model
        + "\",\"input\":\""
        + input
        + "\",\"voice\":\"alloy\""
        + more
        + "}";
  }
}
