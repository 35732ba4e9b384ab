package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaTest {
  private final SandboxProvider sandbox;
  private final Caller caller;

  MediaTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void completion_goes_on_from_a_text_whole_and_streamed() {
    String body =
        "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Say hello\",\"max_tokens\":5}";
    JsonNode whole = caller.posted("/v1/completions", body, "X-Request-Id", "text");
    assertThat(whole.path("object").asString()).isEqualTo("text_completion");
    assertThat(whole.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(whole.path("usage").toString())
        .isEqualTo("{\"prompt_tokens\":2,\"completion_tokens\":5,\"total_tokens\":7}");
    StringBuilder text = new StringBuilder();
    for (String event :
        Caller.events(
            caller
                .post("/v1/completions", body.replace("{\"model", "{\"stream\":true,\"model"))
                .body())) {
      if (!event.equals("[DONE]")) {
        text.append(Caller.JSON.readTree(event).at("/choices/0/text").asString(""));
      }
    }
    assertThat(text.toString()).isEqualTo(whole.at("/choices/0/text").asString());
    assertThat(caller.served("text").path("output_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void moderation_is_free_and_flags_what_a_text_names() {
    JsonNode answer =
        caller.posted(
            "/v1/moderations",
            "{\"input\":[\"flowers\",\"plain violence\"]}",
            "X-Request-Id",
            "free");
    assertThat(answer.at("/results/0/flagged").asBoolean(true)).isFalse();
    assertThat(answer.at("/results/1/categories/violence").asBoolean()).isTrue();
    assertThat(caller.served("free").toString())
        .isEqualTo("{\"attempts\":1,\"input_tokens\":0,\"output_tokens\":0,\"completed\":true}");
  }

  @Test
  void image_is_a_real_png_billed_by_tokens_of_their_kind() throws IOException {
    JsonNode answer =
        caller.posted(
            "/v1/images/generations",
            "{\"model\":\"gpt-image-1\",\"prompt\":\"a red door\",\"size\":\"1024x1536\","
                + "\"quality\":\"low\",\"n\":2}",
            "X-Request-Id",
            "image");
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(
                Base64.getDecoder().decode(answer.at("/data/0/b64_json").asString())));
    assertThat(image.getWidth()).isEqualTo(1024);
    assertThat(image.getHeight()).isEqualTo(1536);
    assertThat(answer.at("/data/0/b64_json")).isNotEqualTo(answer.at("/data/1/b64_json"));
    assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(2 * 408);
    assertThat(answer.at("/usage/input_tokens_details/text_tokens").asInt()).isEqualTo(3);
    JsonNode served = caller.served("image");
    assertThat(served.path("image_output_tokens").asInt()).isEqualTo(816);
    assertThat(served.path("output_tokens").asInt()).isEqualTo(816);
    assertThat(served.has("images")).isFalse();
  }

  @Test
  void older_model_is_billed_by_image_and_its_url_can_be_fetched() throws Exception {
    JsonNode answer =
        caller.posted(
            "/v1/images/generations",
            "{\"model\":\"dall-e-3\",\"prompt\":\"x\",\"size\":\"1792x1024\"}",
            "X-Request-Id",
            "dall-e");
    assertThat(answer.has("usage")).isFalse();
    assertThat(caller.served("dall-e").path("images").asInt()).isEqualTo(1);
    HttpResponse<InputStream> fetched =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(answer.at("/data/0/url").asString())).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(ImageIO.read(fetched.body()).getWidth()).isEqualTo(1792);
  }

  @Test
  void image_is_edited_and_streamed() {
    byte[] png =
        Base64.getDecoder()
            .decode(
                caller
                    .posted(
                        "/v1/images/generations", "{\"model\":\"gpt-image-1\",\"prompt\":\"x\"}")
                    .at("/data/0/b64_json")
                    .asString());
    HttpResponse<String> edited =
        new FormBody()
            .file("image[]", png)
            .file("image[]", png)
            .text("prompt", "make it blue")
            .text("quality", "low")
            .text("stream", "true")
            .text("partial_images", "1")
            .text("model", "gpt-image-1")
            .post(caller, "/v1/images/edits", "X-Request-Id", "edit");
    assertThat(edited.body())
        .contains("event: image_edit.partial_image", "event: image_edit.completed")
        .contains("\"image_tokens\":388", "\"output_tokens\":272");
    assertThat(caller.served("edit").path("image_input_tokens").asInt()).isEqualTo(388);
    HttpResponse<String> refused =
        new FormBody()
            .file("image", new byte[] {1, 2, 3})
            .text("prompt", "x")
            .post(caller, "/v1/images/edits");
    assertThat(refused.body()).contains("Invalid image file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "images/generations | {'prompt':''} | prompt",
        "images/generations | {'prompt':'x','size':'7x7'} | size",
        "images/generations | {'prompt':'x','n':11} | n",
        "images/generations | {'model':'dall-e-3','prompt':'x','n':2} | n",
        "images/generations | {'model':'gpt-image-1','prompt':'x','response_format':'url'} | response_format",
        "audio/speech | {'model':'tts-1','input':'','voice':'alloy'} | input",
        "audio/speech | {'model':'tts-1','input':'x'} | voice",
        "audio/speech | {'model':'tts-1','input':'x','voice':'alloy','response_format':'avi'} | response_format",
        "audio/speech | {'model':'tts-1','input':'x','voice':'alloy','stream_format':'sse'} | stream_format",
        "completions | {'model':'m'} | prompt",
        "moderations | {} | input",
      })
  void malformed_request_is_refused_by_name(String path, String body, String param) {
    HttpResponse<String> response = caller.post("/v1/" + path, body.replace('\'', '"'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/param").asString())
        .isEqualTo(param);
  }

  @Test
  void speech_is_a_real_sound_billed_by_characters_and_its_transcript_by_seconds()
      throws Exception {
    byte[] wav = speech("\"response_format\":\"wav\"", "spoken");
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(sound.getFrameLength() / sound.getFormat().getFrameRate()).isEqualTo(3.0f);
    }
    assertThat(caller.served("spoken").path("characters").asInt()).isEqualTo(45);

    HttpResponse<String> heard =
        new FormBody()
            .file("file", wav)
            .text("response_format", "verbose_json")
            .text("timestamp_granularities[]", "word")
            .text("model", "whisper-1")
            .post(caller, "/v1/audio/transcriptions", "X-Request-Id", "heard");
    JsonNode transcript = Caller.JSON.readTree(heard.body());
    assertThat(transcript.path("duration").asDouble()).isEqualTo(3.0);
    assertThat(transcript.path("words").size()).isEqualTo(6);
    assertThat(transcript.at("/usage/seconds").asInt()).isEqualTo(3);
    assertThat(caller.served("heard").path("seconds").asInt()).isEqualTo(3);
    for (String format : new String[] {"text", "srt", "vtt"}) {
      assertThat(
              new FormBody()
                  .file("file", wav)
                  .text("model", "whisper-1")
                  .text("response_format", format)
                  .post(caller, "/v1/audio/translations")
                  .body())
          .contains(transcript.path("text").asString().substring(0, 1));
    }
  }

  @Test
  void newer_models_are_billed_by_tokens_both_ways() throws Exception {
    byte[] mp3 = speech("\"speed\":1", "mp3");
    FormBody form = new FormBody().file("file", mp3).text("model", "gpt-4o-transcribe");
    JsonNode usage =
        Caller.JSON
            .readTree(
                form.post(caller, "/v1/audio/transcriptions", "X-Request-Id", "tokens").body())
            .path("usage");
    assertThat(usage.path("type").asString()).isEqualTo("tokens");
    assertThat(usage.at("/input_token_details/audio_tokens").asInt()).isBetween(29, 31);
    assertThat(caller.served("tokens").path("audio_input_tokens"))
        .isEqualTo(usage.at("/input_token_details/audio_tokens"));
    HttpResponse<String> stream =
        form.text("stream", "true").post(caller, "/v1/audio/transcriptions");
    assertThat(stream.body())
        .contains("\"type\":\"transcript.text.delta\"", "\"type\":\"transcript.text.done\"")
        .contains(usage.toString());
    HttpResponse<String> spoken =
        caller.post(
            "/v1/audio/speech",
            "{\"model\":\"gpt-4o-mini-tts\",\"voice\":\"alloy\",\"input\":\"Say hello\","
                + "\"stream_format\":\"sse\",\"response_format\":\"pcm\"}",
            "X-Request-Id",
            "events");
    assertThat(spoken.body()).contains("speech.audio.delta", "\"usage\":{\"input_tokens\":2");
    assertThat(caller.served("events").path("audio_output_tokens").asInt()).isPositive();
  }

  @Test
  void what_is_no_sound_or_no_form_is_refused() {
    assertThat(
            new FormBody()
                .file("file", "text".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .text("model", "whisper-1")
                .post(caller, "/v1/audio/transcriptions")
                .body())
        .contains("Invalid file format");
    assertThat(caller.post("/v1/audio/transcriptions", "{}").body()).contains("multipart");
    HttpResponse<String> torn =
        caller.send(
            caller
                .request("/v1/audio/transcriptions")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString("--x\r\nContent-Disposition: form-da")));
    assertThat(torn.body()).contains("breaks off");
    assertThat(
            new FormBody()
                .text("model", "whisper-1")
                .post(caller, "/v1/audio/transcriptions")
                .body())
        .contains("'file': 0 files");
  }

  private byte[] speech(String field, String id) throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                caller
                    .request("/v1/audio/speech", "X-Request-Id", id)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"tts-1\",\"voice\":\"alloy\",\"input\":\""
                                + "x".repeat(45)
                                + "\","
                                + field
                                + "}"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
