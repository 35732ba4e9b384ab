package io.tollgate.sandbox.internal.openai;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.exchange.Routes;
import io.vertx.core.http.HttpMethod;

/** The route of OpenAI's chat completions. */
public final class OpenAiRoutes {
  private OpenAiRoutes() {}

  /** Adds them. */
  public static void add(Routes routes) {
    ChatEndpoint chat = new ChatEndpoint(routes.site().counter());
    routes.counted(HttpMethod.POST, "/v1/chat/completions", OPENAI, chat);
  }
}
