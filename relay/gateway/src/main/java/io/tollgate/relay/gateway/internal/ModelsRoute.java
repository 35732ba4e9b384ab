package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.ModelPrices;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Answers with the list of models, or with one of them, to whoever has a key. */
public final class ModelsRoute implements StreamRoute {
  /** Name of the path's parameter. */
  public static final String MODEL = "model";

  private final RelayLoop loop;
  private final List<CallerProtocol> protocols;
  private final boolean one;

  private ModelsRoute(RelayLoop loop, List<CallerProtocol> protocols, boolean one) {
    this.loop = loop;
    this.protocols = protocols;
    this.one = one;
  }

  public static ModelsRoute all(RelayLoop loop, List<CallerProtocol> protocols) {
    return new ModelsRoute(loop, protocols, false);
  }

  public static ModelsRoute one(RelayLoop loop, List<CallerProtocol> protocols) {
    return new ModelsRoute(loop, protocols, true);
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    request.pause();
    RequestResources resources = new RequestResources(loop, context);
    HttpRequestHead head = new HttpRequestHead(context, request);
    CallerProtocol protocol = Protocols.caller(protocols, head);
    CallerResponse caller = new CallerResponse(resources, request, protocol);
    caller.onGone(resources::close);
    resources.onFailure(_ -> resources.close());
    resources.run(
        () ->
            KeyCheck.of(
                resources,
                context,
                request,
                holder -> {
                  answer(caller, protocol, head, holder);
                  resources.close();
                },
                refusal -> {
                  refuse(caller, refusal);
                  resources.close();
                }));
  }

  private void answer(
      CallerResponse caller, CallerProtocol protocol, HttpRequestHead head, KeyHolder holder) {
    ModelPrices prices = loop.parts().prices();
    if (!one) {
      caller.answerJson(protocol.models(ListedModels.of(prices, holder), head));
      return;
    }
    ModelPrice found;
    try {
      found = ListedModels.find(prices, holder, head.context().pathParam(MODEL));
    } catch (Refusal refusal) {
      refuse(caller, refusal);
      return;
    }
    caller.answerJson(protocol.model(ListedModels.shown(found)));
  }

  private void refuse(CallerResponse caller, Refusal refusal) {
    loop.metrics().refused(refusal.code());
    caller.refuse(refusal);
  }
}
