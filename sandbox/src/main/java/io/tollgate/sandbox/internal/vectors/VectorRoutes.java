package io.tollgate.sandbox.internal.vectors;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.vertx.core.http.HttpMethod;

/** Embeddings and reranking. */
public final class VectorRoutes {
  private VectorRoutes() {}

  /** Adds them. */
  public static void add(Routes routes) {
    TokenCounter counter = routes.site().counter();
    RerankEndpoint rerank = new RerankEndpoint(counter);
    routes.counted(HttpMethod.POST, "/v1/embeddings", OPENAI, new EmbeddingsEndpoint(counter));
    routes.counted(HttpMethod.POST, "/v1/rerank", OPENAI, rerank);
    routes.counted(HttpMethod.POST, "/v2/rerank", OPENAI, rerank);
  }
}
