package io.tollgate.sandbox.internal.audio;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.vertx.core.http.HttpMethod;

/** What is below {@code /v1/audio}. */
public final class AudioRoutes {
  private AudioRoutes() {}

  /** Adds it. */
  public static void add(Routes routes) {
    TokenCounter counter = routes.site().counter();
    routes.counted(HttpMethod.POST, "/v1/audio/speech", OPENAI, new SpeechEndpoint(counter));
    routes.counted(
        HttpMethod.POST,
        "/v1/audio/transcriptions",
        OPENAI,
        new TranscriptEndpoint(counter, false));
    routes.counted(
        HttpMethod.POST, "/v1/audio/translations", OPENAI, new TranscriptEndpoint(counter, true));
  }
}
