package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/audio/speech}: sound that is as long as the text. Sound alone tells no usage and
 * is billed by characters; as events, by the tokens they tell.
 */
final class SpeechEndpoint implements Endpoint {
  private static final int MAX_CHARACTERS = 4096;
  private static final int CHARACTERS_A_SECOND = 15;
  private static final int TOKENS_A_SECOND = 20;
  private static final double LONGEST_SECONDS = 10;

  private final TokenCounter counter;

  SpeechEndpoint(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    String input = JsonFields.text(root, "input", "input");
    int characters = input.codePointCount(0, input.length());
    if (characters == 0 || characters > MAX_CHARACTERS) {
      throw Problem.invalid(
          "input",
          characters == 0 ? "string_too_short" : "string_too_long",
          "Invalid 'input': " + characters + " characters (expected: 1.." + MAX_CHARACTERS + ").");
    }
    if (JsonFields.present(root, "voice").isEmpty()) {
      throw JsonFields.missing("voice");
    }
    JsonFields.number(root, "speed", 0.25, 4);
    String format =
        JsonFields.word(
            root,
            "response_format",
            "response_format",
            List.of("mp3", "wav", "pcm", "opus", "aac", "flac"));
    boolean events =
        JsonFields.word(root, "stream_format", "stream_format", List.of("audio", "sse"))
            .equals("sse");
    if (events && model.startsWith("tts-1")) {
      throw Problem.invalid("stream_format", "'sse' is not supported for " + model + ".");
    }
    double seconds = Math.min(LONGEST_SECONDS, characters / (double) CHARACTERS_A_SECOND);
    byte[] sound = Sound.of(format, seconds);
    if (!events) {
      return new Reply(
          model,
          Usage.NONE.with(Kind.CHARACTERS, characters),
          stamp -> new Outgoing.Whole(Sound.type(format), Buffer.buffer(sound)));
    }
    int output = steering.get(Key.OUTPUT_TOKENS, (int) Math.ceil(seconds * TOKENS_A_SECOND));
    Usage usage =
        Usage.of(steering.get(Key.INPUT_TOKENS, counter.count(input)), output)
            .with(Kind.AUDIO_OUTPUT_TOKENS, output);
    return new Reply(
        model,
        usage,
        stamp -> new Outgoing.Streamed(new Events(sound, usage, !steering.has(Key.NO_USAGE))));
  }

  /** Sound in events. */
  private record Events(byte[] sound, Usage usage, boolean told) implements Frames {
    private static final int PART_BYTES = 4096;

    @Override
    public int steps() {
      return (sound.length + PART_BYTES - 1) / PART_BYTES;
    }

    @Override
    public void opening(StringBuilder out) {
      // sound comes first
    }

    @Override
    public void step(StringBuilder out, int step) {
      int from = step * PART_BYTES;
      byte[] part = Arrays.copyOfRange(sound, from, Math.min(sound.length, from + PART_BYTES));
      out.append("data: {\"type\":\"speech.audio.delta\",\"audio\":\"");
      out.append(Base64.getEncoder().encodeToString(part)).append("\"}\n\n");
    }

    @Override
    public void ending(StringBuilder out) {
      out.append("data: {\"type\":\"speech.audio.done\"");
      if (told) {
        out.append(",\"usage\":{\"input_tokens\":").append(usage.input());
        out.append(",\"output_tokens\":").append(usage.output());
        out.append(",\"total_tokens\":").append(usage.input() + usage.output()).append('}');
      }
      out.append("}\n\n");
    }

    @Override
    public Usage delivered(int steps) {
      long output = usage.output() * steps / Math.max(1, steps());
      return usage.withOutput(output).with(Kind.AUDIO_OUTPUT_TOKENS, output);
    }
  }
}
