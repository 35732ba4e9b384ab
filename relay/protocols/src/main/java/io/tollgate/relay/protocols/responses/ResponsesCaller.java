package io.tollgate.relay.protocols.responses;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.KeptRoute;
import io.tollgate.relay.protocols.KeptRoute.Action;
import io.tollgate.relay.protocols.KeptRoute.Kind;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiForms;
import java.util.List;

/** Callers who speak OpenAI's Responses; some of them without any prefix. */
public final class ResponsesCaller extends OpenAiForms {
  private static final List<String> PREFIXES = List.of("/v1", "/openai/v1", "");

  private static final List<KeptRoute> KEPT =
      List.of(
          new KeptRoute("GET", "/responses/{id}", Kind.RESPONSE, Action.LOOK),
          new KeptRoute("DELETE", "/responses/{id}", Kind.RESPONSE, Action.DELETE),
          new KeptRoute("POST", "/responses/{id}/cancel", Kind.RESPONSE, Action.CANCEL),
          new KeptRoute("GET", "/responses/{id}/input_items", Kind.RESPONSE, Action.READ));

  private final List<CallerRoute> routes;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public ResponsesCaller(int noMeansStatus) {
    this(new OpenAiErrors(noMeansStatus));
  }

  private ResponsesCaller(OpenAiErrors errors) {
    super(errors);
    routes = List.of(new ResponsesRoute(errors));
  }

  @Override
  public Protocol protocol() {
    return Protocol.RESPONSES;
  }

  @Override
  public List<String> prefixes() {
    return PREFIXES;
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
  }

  @Override
  public List<KeptRoute> keptRoutes() {
    return KEPT;
  }
}
