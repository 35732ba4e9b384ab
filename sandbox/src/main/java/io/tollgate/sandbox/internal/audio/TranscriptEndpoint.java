package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.forms.Form;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.util.Arrays;
import java.util.List;

/**
 * {@code POST /v1/audio/transcriptions} and {@code …/translations}: words that are as many as the
 * sound is long. Models that are called whisper are billed by started seconds, others by tokens.
 */
final class TranscriptEndpoint implements Endpoint {
  private static final int MAX_FILE_BYTES = 25 * 1024 * 1024;
  private static final int WORDS_A_SECOND = 2;
  private static final int MAX_WORDS = 2000;
  private static final int TOKENS_A_SECOND = 10;
  private static final List<String> FORMATS = List.of("json", "text", "verbose_json", "srt", "vtt");

  private final TokenCounter counter;
  private final boolean translates;

  TranscriptEndpoint(TokenCounter counter, boolean translates) {
    this.counter = counter;
    this.translates = translates;
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    Form form = Form.of(asked);
    String model = Models.checked(form.required("model"));
    boolean whisper = model.contains("whisper");
    if (translates && !whisper) {
      throw Problem.invalid("model", "The model cannot translate (expected: whisper-1).");
    }
    byte[] file = form.file("file").bytes();
    if (file.length > MAX_FILE_BYTES) {
      throw new Problem(
          413,
          "",
          "file",
          "Maximum content size limit (" + MAX_FILE_BYTES + ") exceeded (" + file.length + ").");
    }
    double seconds = SoundLength.seconds(file);
    String format = form.word("response_format", FORMATS);
    if (!whisper && !format.equals("json") && !format.equals("text")) {
      throw Problem.invalid(
          "response_format",
          "unsupported_value",
          "response_format '" + format + "' is not compatible with model '" + model + "'.");
    }
    boolean stream = form.text("stream").orElse("false").equals("true") && !whisper;
    int words =
        steering.get(
            Key.OUTPUT_TOKENS, Math.clamp((int) Math.ceil(seconds * WORDS_A_SECOND), 1, MAX_WORDS));
    Content.Prose text =
        new Content.Prose(Seeds.mix(Seeds.with(Arrays.hashCode(file), model)), words);
    Usage usage =
        whisper
            ? Usage.NONE.with(Kind.SECONDS, Math.max(1, (long) Math.ceil(seconds)))
            : tokens(form, seconds, words);
    Transcript transcript =
        new Transcript(
            text,
            seconds,
            translates ? "translate" : "transcribe",
            whisper,
            usage,
            !steering.has(Key.NO_USAGE),
            form.texts("timestamp_granularities").contains("word"));
    return new Reply(
        model,
        usage,
        stamp ->
            stream
                ? new Outgoing.Streamed(new TranscriptFrames(transcript))
                : new Outgoing.Whole(
                    format.contains("json") ? "application/json" : "text/plain; charset=utf-8",
                    Replies.bytes(transcript.in(format))));
  }

  private Usage tokens(Form form, double seconds, int words) {
    long audio = Math.max(1, (long) Math.ceil(seconds * TOKENS_A_SECOND));
    return Usage.of(audio + counter.count(form.text("prompt").orElse("")), words)
        .with(Kind.AUDIO_INPUT_TOKENS, audio);
  }
}
