package io.tollgate.relay.protocols.gemini;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.gemini.errors.GeminiErrors;
import java.util.List;

/** Callers who speak Gemini's protocol: content, vectors, and lists of models. */
public final class GeminiCaller implements CallerProtocol {
  private static final List<String> PREFIXES =
      List.of("/v1beta", "/v1", "/gemini/v1beta", "/gemini/v1");

  private final GeminiErrors errors;
  private final List<CallerRoute> routes;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public GeminiCaller(int noMeansStatus) {
    errors = new GeminiErrors(noMeansStatus);
    routes =
        List.of(
            new ContentRoute(false, errors),
            new ContentRoute(true, errors),
            new EmbedRoute(false),
            new EmbedRoute(true));
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public List<String> prefixes() {
    return PREFIXES;
  }

  /** By how Google's libraries name themselves, and where only Google's callers put the key. */
  @Override
  public boolean claims(RequestHead head) {
    return head.header("x-goog-api-key").isPresent()
        || head.header("x-goog-api-client").isPresent()
        || head.query("key").isPresent();
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
  }

  @Override
  public List<FreeRoute> freeRoutes() {
    return List.of(new CountRoute());
  }

  @Override
  public ErrorAnswer error(Refusal refusal, String requestId) {
    return errors.of(refusal).answer();
  }

  @Override
  public ErrorAnswer error(RequestFault fault, String requestId) {
    return errors.of(fault).answer();
  }

  @Override
  public ErrorAnswer error(UpstreamFault fault, String requestId) {
    return errors.of(fault).answer();
  }

  @Override
  public byte[] models(List<ListedModel> models, RequestHead head) {
    return GeminiModels.list(models, head);
  }

  @Override
  public byte[] model(ListedModel model) {
    return GeminiModels.one(model);
  }
}
