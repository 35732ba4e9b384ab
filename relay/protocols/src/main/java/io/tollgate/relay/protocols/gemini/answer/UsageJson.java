package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Writes what is charged as {@code usageMetadata}. */
final class UsageJson {
  private UsageJson() {}

  static String of(TokenUsage usage) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object();
    json.name("promptTokenCount").value(usage.input());
    if (usage.cached() > 0) {
      json.name("cachedContentTokenCount").value(usage.cached());
    }
    json.name("candidatesTokenCount").value(usage.output() - usage.reasoning());
    if (usage.reasoning() > 0) {
      json.name("thoughtsTokenCount").value(usage.reasoning());
    }
    json.name("totalTokenCount").value(usage.total());
    long audioCached = usage.count(UsageKind.AUDIO_CACHE_READ);
    long imageCached = usage.count(UsageKind.IMAGE_CACHE_READ);
    details(
        json,
        "promptTokensDetails",
        usage.input(),
        usage.count(UsageKind.AUDIO_INPUT) + audioCached,
        usage.count(UsageKind.IMAGE_INPUT) + imageCached);
    details(json, "cacheTokensDetails", usage.cached(), audioCached, imageCached);
    details(
        json,
        "candidatesTokensDetails",
        usage.output() - usage.reasoning(),
        usage.count(UsageKind.AUDIO_OUTPUT),
        usage.count(UsageKind.IMAGE_OUTPUT));
    json.endObject();
    return new String(out.take(), StandardCharsets.UTF_8);
  }

  /** By modality, where not all of it is text. */
  private static void details(JsonWriter json, String name, long all, long audio, long image) {
    if (audio == 0 && image == 0) {
      return;
    }
    json.name(name).array();
    detail(json, "TEXT", all - audio - image);
    detail(json, "AUDIO", audio);
    detail(json, "IMAGE", image);
    json.endArray();
  }

  private static void detail(JsonWriter json, String modality, long tokens) {
    if (tokens > 0) {
      json.object().name("modality").value(modality).name("tokenCount").value(tokens).endObject();
    }
  }
}
