package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiForms;
import io.tollgate.relay.protocols.openai.rerank.RerankRoute;
import java.util.List;

/** Callers who ask Cohere's second version of reranking, with Cohere's own libraries mostly. */
public final class RerankCaller extends OpenAiForms {
  private final List<CallerRoute> routes;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public RerankCaller(int noMeansStatus) {
    this(new OpenAiErrors(noMeansStatus));
  }

  private RerankCaller(OpenAiErrors errors) {
    super(errors);
    routes = List.of(new RerankRoute(errors));
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public List<String> prefixes() {
    return List.of("/v2");
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
  }
}
