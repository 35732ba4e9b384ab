package io.tollgate.tests.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transcripts cost the tokens or seconds that are reported, else those of the sound's container.
 */
@Tag("slow")
@ExtendWith(SharedSite.class)
class TranscriptsTest {
  private static final String PATH = "/v1/audio/transcriptions";
  private static final String WHISPER = "whisper-1";

  private final Site site;

  TranscriptsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "/v1/audio/transcriptions, json",
    "/v1/audio/transcriptions, verbose_json",
    "/v1/audio/transcriptions, text",
    "/v1/audio/transcriptions, srt",
    "/v1/audio/transcriptions, vtt",
    "/v1/audio/translations,   json",
    "/openai/v1/audio/translations, text",
  })
  void started_seconds_are_charged_in_every_format(String path, String format) {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    byte[] form =
        new FormWriter()
            .text("response_format", format)
            .file("file", FormWriter.wav(6.2))
            .text("model", WHISPER)
            .end();
    Answered answered = payer.post(path, FormWriter.TYPE, form);
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.body()).isNotBlank();
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.0007", 0, 0);
    assertThat(charged.row().at("/usage/seconds").asLong()).isEqualTo(7);
    assertThat(answered.header("x-tollgate-cost")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void tokens_are_charged_where_they_are_reported(boolean stream) {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    byte[] form =
        new FormWriter()
            .file("file", FormWriter.wav(3))
            .text("stream", Boolean.toString(stream))
            .text("model", "gpt-4o-transcribe")
            .end();
    Answered answered = payer.post(PATH, FormWriter.TYPE, form, "X-Sandbox", "output_tokens=20");
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    if (stream) {
      assertThat(answered.events().getLast()).contains("transcript.text.done");
    }
    // 30 x 2.5 + 20 x 10 USD for a million
    payer.charged(answered).is("0.000275", 30, 20);
  }

  @Test
  void a_large_form_waits_in_a_private_file_and_another_account_gets_all_of_it() throws Exception {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream()
        .put(
            accounts.getFirst().match(),
            1,
            Script.json(500, "{\"error\":{\"message\":\"no memory\"}}"));
    site.upstream().put(accounts.get(1).match(), 1, Script.json(200, "{\"text\":\"Hello\"}"));
    byte[] form = new FormWriter().file("file", FormWriter.wav(300)).text("model", WHISPER).end();
    assertThat(form.length).isGreaterThan(2 << 20);
    Answered answered = payer.post(PATH, FormWriter.TYPE, form);
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.json().required("text").asString()).isEqualTo("Hello");
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.03", 0, 0);
    assertThat(charged.attempts()).isEqualTo(2);
    for (var account : accounts) {
      assertThat(site.received(account)).hasSize(1);
      assertThat(site.received(account).getFirst().body().toBytes()).isEqualTo(form);
    }
    nothingIsLeft();
  }

  @ParameterizedTest(name = "reported {0}: {1} USD")
  @CsvSource({
    "'\"usage\":{\"type\":\"duration\",\"seconds\":8}',    0.0008",
    "'\"duration\":\"7.31\"',                              0.0008",
    "'\"duration\":7.31',                                  0.0008",
    "'\"usage\":{\"type\":\"duration\",\"seconds\":1e12}', 0.0007",
    "'\"usage\":{\"type\":\"duration\",\"seconds\":-5}',   0.0007",
    "'\"usage\":{\"seconds\":null}',                       0.0007",
    "'\"usage\":{\"input_tokens\":5,\"output_tokens\":5}', 0.0007",
  })
  void seconds_that_can_be_are_believed(String report, String dollars) {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, "{\"text\":\"Hello\"," + report + "}"));
    Answered answered = payer.post(PATH, FormWriter.TYPE, form(WHISPER, FormWriter.wav(6.2)));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is(dollars, 0, 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text/html,        <html><title>One moment</title>",
    "application/json, '{\"error\":{\"message\":\"busy\"}}'",
    "application/json, '{\"text\":\"He'",
    "text/plain,       ''",
  })
  void what_is_no_transcript_is_free_and_another_account_is_asked(String type, String body) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream()
        .put(
            accounts.getFirst().match(),
            1,
            Script.answer().status(200).header("Content-Type", type).body(body).done());
    site.upstream().put(accounts.get(1).match(), 1, Script.json(200, "{\"text\":\"Hello\"}"));
    Answered answered = payer.post(PATH, FormWriter.TYPE, form(WHISPER, FormWriter.wav(1)));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(payer.charged(answered).attempts()).isEqualTo(2);
  }

  @Test
  void without_means_nothing_is_sent() {
    Payer payer = site.payer("0.001");
    var account = site.account();
    Answered answered = payer.post(PATH, FormWriter.TYPE, form(WHISPER, FormWriter.wav(60)));
    assertThat(answered.status()).as(answered.body()).isEqualTo(402);
    assertThat(site.received(account)).isEmpty();
  }

  static Stream<Arguments> badForms() {
    byte[] wav = FormWriter.wav(1);
    return Stream.of(
        Arguments.of("no model", new FormWriter().file("file", wav).end(), 400, "model"),
        Arguments.of(
            "two models",
            new FormWriter().text("model", WHISPER).file("file", wav).text("model", "x").end(),
            400,
            "model"),
        Arguments.of(
            "a model that is a file",
            new FormWriter().file("model", wav).file("file", wav).end(),
            400,
            "model"),
        Arguments.of("no file", new FormWriter().text("model", WHISPER).end(), 400, "file"),
        Arguments.of(
            "two files",
            new FormWriter().text("model", WHISPER).file("file", wav).file("file", wav).end(),
            400,
            "file"),
        Arguments.of("a file of nothing", form(WHISPER, new byte[0]), 400, "file"),
        Arguments.of(
            "a file without a name",
            new FormWriter().text("model", WHISPER).text("file", "RIFF").end(),
            400,
            "file"),
        Arguments.of(
            "stream: maybe",
            new FormWriter().text("model", WHISPER).file("file", wav).text("stream", "maybe").end(),
            400,
            "stream"),
        Arguments.of(
            "cut off",
            new FormWriter().text("model", WHISPER).file("file", wav).withoutEnd(),
            400,
            ""),
        Arguments.of(
            "a boundary that goes on",
            new FormWriter()
                .text("model", WHISPER)
                .raw("--" + FormWriter.BOUNDARY + "x\r\n\r\n")
                .file("file", wav)
                .end(),
            400,
            ""),
        Arguments.of(
            "a part with two names",
            new FormWriter().part("name=\"model\"; name=\"other\"", WHISPER.getBytes(UTF_8)).end(),
            400,
            ""),
        Arguments.of(
            "a part with an odd name",
            new FormWriter().part("name=\"mo\\\"del\"", WHISPER.getBytes(UTF_8)).end(),
            400,
            ""),
        Arguments.of("something before it", new FormWriter().raw("hello\r\n").end(), 400, ""),
        Arguments.of("nothing", new byte[0], 400, ""),
        Arguments.of("a file too large", form(WHISPER, new byte[(25 << 20) + 1]), 413, ""),
        Arguments.of("50 MiB", form(WHISPER, new byte[50 << 20]), 413, ""),
        Arguments.of(
            "a field too large",
            new FormWriter().text("model", WHISPER).text("prompt", "a".repeat(300_000)).end(),
            400,
            "prompt"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badForms")
  void a_form_that_cannot_be_read_is_refused_in_the_caller_s_form(
      String what, byte[] form, int status, String parameter) throws Exception {
    Payer payer = site.payer("1");
    var account = site.account();
    Answered answered = payer.post(PATH, FormWriter.TYPE, form);
    assertThat(answered.status()).as(what + ": " + answered.body()).isEqualTo(status);
    assertThat(answered.json().at("/error/message").asString()).contains("expected: ");
    assertThat(answered.json().at("/error/param").asString("")).isEqualTo(parameter);
    assertThat(site.received(account)).isEmpty();
    nothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=a; boundary=b",
    "'multipart/form-data; boundary=\"a'",
    "multipart/mixed; boundary=a",
  })
  void a_type_that_is_no_form_is_refused(String type) {
    Answered answered = site.payer("1").post(PATH, type, form(WHISPER, FormWriter.wav(1)));
    assertThat(answered.status()).as(answered.body()).isEqualTo(400);
    assertThat(answered.json().at("/error/message").asString()).contains("content-type: ");
  }

  @Test
  void a_caller_who_hangs_up_while_sending_leaves_nothing_and_pays_nothing() throws Exception {
    Payer payer = site.payer("1");
    var account = site.account();
    byte[] form = form(WHISPER, FormWriter.wav(400));
    double before = site.metric("tollgate_relay_in_flight");
    try (Socket socket = new Socket("127.0.0.1", site.client().url("/").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + payer.apiKey()
                  + "\r\nContent-Type: "
                  + FormWriter.TYPE
                  + "\r\nContent-Length: "
                  + form.length
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      out.write(form, 0, 2 << 20);
      out.flush();
      await().atMost(Duration.ofSeconds(10)).until(() -> !left().isEmpty());
      assertThat(Files.getPosixFilePermissions(left().getFirst()).toString())
          .contains("OWNER_READ")
          .doesNotContain("GROUP")
          .doesNotContain("OTHERS");
    }
    nothingIsLeft();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> site.metric("tollgate_relay_in_flight") <= before);
    assertThat(site.received(account)).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  private void nothingIsLeft() {
    await().atMost(Duration.ofSeconds(10)).until(() -> left().isEmpty());
  }

  private List<Path> left() throws IOException {
    Path folder = site.installation().dataDirectory().resolve("temporary/forms");
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] form(String model, byte[] sound) {
    return new FormWriter().file("file", sound).text("model", model).end();
  }
}
