package io.tollgate.relay.protocols.anthropic;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RateHeaders;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicErrors;
import java.util.List;
import java.util.Optional;

/** Callers who speak Anthropic's protocol: messages and lists of models. */
public final class AnthropicCaller implements CallerProtocol {
  private static final Optional<RateHeaders> RATE_HEADERS =
      Optional.of(
          RateHeaders.beginning("anthropic-ratelimit-requests", "anthropic-ratelimit-tokens"));

  private static final List<String> PREFIXES = List.of("/v1", "/claude/v1");

  private final AnthropicErrors errors;
  private final List<CallerRoute> routes;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public AnthropicCaller(int noMeansStatus) {
    errors = new AnthropicErrors(noMeansStatus);
    routes = List.of(new MessagesRoute(errors));
  }

  @Override
  public Protocol protocol() {
    return Protocol.ANTHROPIC;
  }

  @Override
  public List<String> prefixes() {
    return PREFIXES;
  }

  /** Its callers name the version of the protocol. */
  @Override
  public boolean claims(RequestHead head) {
    return head.header(MessagesRoute.VERSION_HEADER).isPresent();
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
  }

  @Override
  public Optional<RateHeaders> rateHeaders() {
    return RATE_HEADERS;
  }

  @Override
  public List<FreeRoute> freeRoutes() {
    return List.of(new CountRoute());
  }

  @Override
  public List<Header> answerHeaders(String requestId) {
    return List.of(new Header("request-id", requestId));
  }

  @Override
  public ErrorAnswer error(Refusal refusal, String requestId) {
    return errors.of(refusal, requestId).answer();
  }

  @Override
  public ErrorAnswer error(RequestFault fault, String requestId) {
    return errors.of(fault, requestId).answer();
  }

  @Override
  public ErrorAnswer error(UpstreamFault fault, String requestId) {
    return errors.of(fault, requestId).answer();
  }

  @Override
  public byte[] models(List<ListedModel> models, RequestHead head) {
    return AnthropicModels.list(models, head);
  }

  @Override
  public byte[] model(ListedModel model) {
    return AnthropicModels.one(model);
  }
}
