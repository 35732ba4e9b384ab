package io.tollgate.tests.contract;

import io.tollgate.tests.upstream.FormWriter;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** Requests for pictures, sound and reranking, good ones and bad ones. */
final class MediaCalls {
  private static final Operation GENERATIONS = new Operation("POST", "/v1/images/generations");
  private static final Operation EDITS = new Operation("POST", "/v1/images/edits");
  private static final Operation SPEECH = new Operation("POST", "/v1/audio/speech");
  private static final Operation TRANSCRIPTIONS = new Operation("POST", "/v1/audio/transcriptions");
  private static final Operation TRANSLATIONS = new Operation("POST", "/v1/audio/translations");
  private static final Operation RERANK = new Operation("POST", "/v1/rerank");
  private static final int RICH = 1;
  private static final int POOR = 2;
  private static final byte[] PNG = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 0
  };

  private MediaCalls() {}

  static List<Call> all() {
    Map<String, Object> picture = Map.of("model", "dall-e-3", "prompt", "A gate");
    Map<String, Object> streamed =
        Map.of("model", "gpt-image-1", "prompt", "A gate", "stream", true, "quality", "low");
    Map<String, Object> speech = Map.of("model", "tts-1", "input", "Hello", "voice", "alloy");
    Map<String, Object> rerank =
        Map.of("model", "rerank-v3.5", "query", "Who pays", "documents", List.of("All", "Nobody"));
    byte[] words = transcript("whisper-1", "json");
    return List.of(
        new Call(GENERATIONS, "whole", 200, by -> json(by, RICH, GENERATIONS, picture)),
        new Call(GENERATIONS, "streamed", 200, by -> json(by, RICH, GENERATIONS, streamed)),
        new Call(GENERATIONS, "no prompt", 400, by -> json(by, RICH, GENERATIONS, Map.of("n", 1))),
        new Call(GENERATIONS, "no means", 402, by -> json(by, POOR, GENERATIONS, picture)),
        new Call(EDITS, "form", 200, by -> form(by, EDITS, edit())),
        new Call(EDITS, "cut off", 400, by -> form(by, EDITS, new byte[] {'-'})),
        new Call(SPEECH, "whole", 200, by -> json(by, RICH, SPEECH, speech)),
        new Call(SPEECH, "no input", 400, by -> json(by, RICH, SPEECH, Map.of("model", "tts-1"))),
        new Call(TRANSCRIPTIONS, "json", 200, by -> form(by, TRANSCRIPTIONS, words)),
        new Call(
            TRANSCRIPTIONS,
            "text",
            200,
            by -> form(by, TRANSCRIPTIONS, transcript("whisper-1", "text"))),
        new Call(
            TRANSCRIPTIONS,
            "unknown",
            404,
            by -> form(by, TRANSCRIPTIONS, transcript("whisper-none", "json"))),
        new Call(
            TRANSCRIPTIONS, "no form", 400, by -> json(by, RICH, TRANSCRIPTIONS, Map.of("a", 1))),
        new Call(TRANSLATIONS, "json", 200, by -> form(by, TRANSLATIONS, words)),
        new Call(TRANSLATIONS, "cut off", 400, by -> form(by, TRANSLATIONS, new byte[] {'-'})),
        new Call(RERANK, "whole", 200, by -> json(by, RICH, RERANK, rerank)),
        new Call(RERANK, "no query", 400, by -> json(by, RICH, RERANK, Map.of("model", "x"))));
  }

  private static HttpRequest json(Requests by, int user, Operation to, Map<String, ?> body) {
    return by.post(to.path(), body, by.asUser(user));
  }

  private static HttpRequest form(Requests by, Operation to, byte[] body) {
    return by.form(to.path(), FormWriter.TYPE, body, by.asUser(RICH));
  }

  private static byte[] edit() {
    return new FormWriter()
        .text("prompt", "At night")
        .file("image", PNG)
        .text("model", "gpt-image-1")
        .end();
  }

  private static byte[] transcript(String model, String format) {
    return new FormWriter()
        .file("file", FormWriter.wav(2))
        .text("response_format", format)
        .text("model", model)
        .end();
  }
}
