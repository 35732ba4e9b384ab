package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Attempt;
import io.tollgate.sandbox.internal.served.Journal;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what was said to a session; billed by itself, as its own model is. */
final class InputTranscription {
  private static final int BYTES_A_SECOND = 48_000;
  private static final int WORDS_A_SECOND = 2;

  private final Site site;
  private final RealtimeSession session;
  private final String requestId;
  private final String model;
  private final Steering steering;

  InputTranscription(
      Site site, RealtimeSession session, String requestId, String model, Steering steering) {
    this.site = site;
    this.session = session;
    this.requestId = requestId;
    this.model = model;
    this.steering = steering;
  }

  void start(String itemId, int bytes, int seed) {
    int seconds = Math.max(1, (bytes + BYTES_A_SECOND - 1) / BYTES_A_SECOND);
    Content.Prose words = new Content.Prose(Seeds.with(seed, model), seconds * WORDS_A_SECOND);
    boolean bySeconds = model.contains("whisper");
    int audio = Conversation.audioTokens(bytes);
    Usage usage =
        bySeconds
            ? Usage.NONE.with(Kind.SECONDS, seconds)
            : Usage.of(audio, words.pieces()).with(Kind.AUDIO_INPUT_TOKENS, audio);
    site.journal()
        .begin(
            requestId,
            model,
            usage,
            new Journal.Written() {
              @Override
              public void written(Attempt attempt) {
                tell(itemId, words, usage, bySeconds);
                attempt.completed(usage);
              }

              @Override
              public void failed(Attempt attempt, IOException cause) {
                attempt.nothing();
              }
            });
  }

  private void tell(String itemId, Content.Prose words, Usage usage, boolean bySeconds) {
    String type = "conversation.item.input_audio_transcription.";
    for (int i = 0; i < words.pieces(); i++) {
      session.send(type + "delta", part(itemId).put("delta", words.piece(i)));
    }
    ObjectNode completed = part(itemId).put("transcript", words.whole());
    if (!steering.has(Key.NO_USAGE)) {
      ObjectNode told = completed.putObject("usage");
      if (bySeconds) {
        told.put("type", "duration").put("seconds", usage.get(Kind.SECONDS));
      } else {
        long audio = usage.get(Kind.AUDIO_INPUT_TOKENS);
        told.put("type", "tokens")
            .put("total_tokens", usage.input() + usage.output())
            .put("input_tokens", usage.input());
        told.putObject("input_token_details")
            .put("text_tokens", usage.input() - audio)
            .put("audio_tokens", audio);
        told.put("output_tokens", usage.output());
      }
    }
    session.send(type + "completed", completed);
  }

  private static ObjectNode part(String itemId) {
    return JsonBody.object().put("item_id", itemId).put("content_index", 0);
  }
}
