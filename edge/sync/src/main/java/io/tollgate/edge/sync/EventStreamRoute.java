package io.tollgate.edge.sync;

import io.tollgate.ground.Refusal;
import io.tollgate.identity.Principal;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RequestContext;
import io.tollgate.web.Response;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code GET …/{user_id}/stream}: opens a stream of a user's numbers and events. */
final class EventStreamRoute implements StreamRoute {
  private final SyncHub hub;
  private final SyncLoop loop;
  private final PresentedToken tokens;
  private final InstantSource clock;

  EventStreamRoute(SyncHub hub, SyncLoop loop, PresentedToken tokens, InstantSource clock) {
    this.hub = hub;
    this.loop = loop;
    this.tokens = tokens;
    this.clock = clock;
  }

  private record Admitted(Principal principal, String token, SyncUser user) {}

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    try {
      Optional<Presented> token = tokens.ofStream(request);
      OptionalLong last = PresentedToken.lastEvent(request);
      String asked = context.pathParam("user_id");
      loop.read(
          () -> admit(token, asked),
          admitted -> open(context, request, admitted, last),
          failure -> refuse(context, request, failure));
    } catch (Refusal refusal) {
      refuse(context, request, refusal);
    }
  }

  private Admitted admit(Optional<Presented> token, String asked) {
    Principal caller = hub.access().caller(token);
    return new Admitted(
        caller, token.orElseThrow().token(), hub.access().user(caller, Optional.of(asked)));
  }

  private void open(
      RequestContext context, HttpServerRequest request, Admitted admitted, OptionalLong last) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    if (request.method() == HttpMethod.HEAD) {
      AnswerSender.send(
          request, Response.empty(200).withHeader("Content-Type", "text/event-stream"));
      return;
    }
    try {
      hub.enter(admitted.user().user(), SyncMeters.SSE);
    } catch (Refusal refusal) {
      refuse(context, request, refusal);
      return;
    }
    EventStream stream = new EventStream(response, hub.meters(), clock);
    SyncConnection connection =
        new SyncConnection(
            loop, admitted.user(), admitted.principal(), admitted.token(), stream, clock.instant());
    loop.add(connection);
    response.closeHandler(_ -> connection.gone());
    response.exceptionHandler(_ -> connection.gone());
    response.drainHandler(_ -> connection.drained());
    request.connection().shutdownHandler(_ -> connection.end(SyncEnd.STOPPING));
    stream.open(hub.config().queueBytes());
    connection.start(last);
  }

  private static void refuse(RequestContext context, HttpServerRequest request, Throwable failure) {
    AnswerSender.refuse(context, request, ErrorForms.standard(), failure);
  }
}
