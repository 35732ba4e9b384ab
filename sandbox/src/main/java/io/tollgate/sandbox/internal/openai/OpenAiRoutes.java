package io.tollgate.sandbox.internal.openai;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.exchange.Routes;
import io.vertx.core.http.HttpMethod;

/** The routes of OpenAI's completions and moderations. */
public final class OpenAiRoutes {
  private OpenAiRoutes() {}

  /** Adds them. */
  public static void add(Routes routes) {
    ChatEndpoint chat = new ChatEndpoint(routes.site().counter());
    routes.counted(HttpMethod.POST, "/v1/chat/completions", OPENAI, chat);
    routes.counted(
        HttpMethod.POST, "/v1/completions", OPENAI, new TextCompletions(routes.site().counter()));
    routes.counted(HttpMethod.POST, "/v1/moderations", OPENAI, new Moderations());
  }
}
