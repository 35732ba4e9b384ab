package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.openai.OpenAiModels;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** {@code GET /v1/models} and {@code GET /v1/models/{model}}, for whoever has a key. */
public final class ModelsRoute implements StreamRoute {
  /** Name of the path's parameter. */
  public static final String MODEL = "model";

  private final Loop loop;
  private final boolean one;

  private ModelsRoute(Loop loop, boolean one) {
    this.loop = loop;
    this.one = one;
  }

  public static ModelsRoute all(Loop loop) {
    return new ModelsRoute(loop, false);
  }

  public static ModelsRoute one(Loop loop) {
    return new ModelsRoute(loop, true);
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    request.pause();
    Caller caller = new Caller(loop, request);
    KeyCheck.of(loop, request, _ -> answer(caller, context), refusal -> refuse(caller, refusal));
  }

  private void answer(Caller caller, RequestContext context) {
    if (!one) {
      caller.answerJson(
          OpenAiModels.list(loop.parts().prices().all().stream().map(Models::shown).toList()));
      return;
    }
    String name = context.pathParam(MODEL);
    Optional<ModelPrice> model = loop.parts().prices().find(name);
    model.ifPresentOrElse(
        found -> caller.answerJson(OpenAiModels.one(Models.shown(found))),
        () -> refuse(caller, Models.unknown(name)));
  }

  private void refuse(Caller caller, Refusal refusal) {
    loop.metrics().refused(refusal.code());
    caller.refuse(refusal);
  }
}
