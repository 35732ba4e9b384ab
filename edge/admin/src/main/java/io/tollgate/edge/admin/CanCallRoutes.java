package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** {@code /api/users/{id}/can-call}: whether a user's request would be served, and if not, why. */
final class CanCallRoutes implements Routes {
  private final CanCall canCall;
  private final AdminGate gate;

  CanCallRoutes(CanCall canCall, AdminGate gate) {
    this.canCall = requireNonNull(canCall, "canCall is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET, "/api/users/{id}/can-call", ErrorForms.admin(), gate.guard(this::look));
  }

  private Response look(Request request) {
    Filters filters = new Filters(request);
    CanCall.Asked asked =
        new CanCall.Asked(
            filters.id("key", ApiKeyId::new), filters.text("model"), filters.text("address"));
    return PathId.of(request, "id", UserId::new)
        .flatMap(user -> canCall.look(user, asked))
        .map(AnswerEnvelope::of)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.USER_NOT_FOUND,
                    "there is no user " + GivenText.shown(request.pathParam("id"))));
  }
}
