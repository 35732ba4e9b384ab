package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiModels;
import io.tollgate.relay.protocols.openai.completions.CompletionsRoute;
import io.tollgate.relay.protocols.openai.documents.DocumentKind;
import io.tollgate.relay.protocols.openai.documents.DocumentRoute;
import java.util.List;

/**
 * Callers who speak OpenAI's protocol: chat and older completions, embeddings, moderations and
 * lists of models.
 */
public final class OpenAiCaller implements CallerProtocol {
  private static final List<String> PREFIXES = List.of("/v1", "/openai/v1");

  private final OpenAiErrors errors;
  private final List<CallerRoute> routes;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public OpenAiCaller(int noMeansStatus) {
    errors = new OpenAiErrors(noMeansStatus);
    routes =
        List.of(
            new ChatRoute(errors),
            new CompletionsRoute(errors),
            new DocumentRoute(DocumentKind.EMBEDDINGS),
            new DocumentRoute(DocumentKind.MODERATIONS));
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public List<String> prefixes() {
    return PREFIXES;
  }

  /** Its callers send nothing that others do not send. */
  @Override
  public boolean claims(RequestHead head) {
    return false;
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
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
    return OpenAiModels.list(models);
  }

  @Override
  public byte[] model(ListedModel model) {
    return OpenAiModels.one(model);
  }
}
