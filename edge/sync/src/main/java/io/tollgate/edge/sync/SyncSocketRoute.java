package io.tollgate.edge.sync;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Principal;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** {@code GET /ws/sync}: opens a WebSocket on which a device follows a user's numbers. */
final class SyncSocketRoute implements StreamRoute {
  private static final Pattern DEVICE = Pattern.compile("[\\p{Graph} ]{1,128}");

  private final SyncHub hub;
  private final SyncLoop loop;
  private final PresentedToken tokens;
  private final InstantSource clock;

  SyncSocketRoute(SyncHub hub, SyncLoop loop, PresentedToken tokens, InstantSource clock) {
    this.hub = hub;
    this.loop = loop;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * What a handshake asks for.
   *
   * @param last version of the last event that the client has
   */
  private record Asked(
      Optional<Presented> token, Optional<String> user, String device, OptionalLong last) {}

  private record Admitted(Principal principal, String token, SyncUser user) {}

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    try {
      if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST, "Upgrade: missing (expected: websocket; a handshake)");
      }
      String device = PresentedToken.one(request, "device_id").orElse("");
      if (!device.isEmpty() && !DEVICE.matcher(device).matches()) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            "device_id: not one (expected: 1 to 128 printable characters)");
      }
      Asked asked =
          new Asked(
              tokens.ofSocket(request),
              PresentedToken.one(request, "user_id"),
              device,
              PresentedToken.lastEvent(request));
      request.pause();
      loop.read(
          () -> admit(asked),
          admitted -> enter(context, request, asked, admitted),
          failure -> turnAway(context, request, failure));
    } catch (Refusal refusal) {
      refuse(context, request, refusal);
    }
  }

  private Admitted admit(Asked asked) {
    Principal caller = hub.access().caller(asked.token());
    return new Admitted(
        caller, asked.token().orElseThrow().token(), hub.access().user(caller, asked.user()));
  }

  private void enter(
      RequestContext context, HttpServerRequest request, Asked asked, Admitted admitted) {
    if (request.response().closed()) {
      return;
    }
    try {
      hub.enter(admitted.user().user(), SyncMeters.WEBSOCKET);
    } catch (Refusal refusal) {
      refuse(context, request, refusal);
      return;
    }
    request
        .toWebSocket()
        .onComplete(
            socket -> opened(socket, asked, admitted),
            _ -> {
              hub.left(admitted.user().user(), SyncMeters.WEBSOCKET);
              refuse(context, request, badHandshake());
            });
  }

  private void opened(ServerWebSocket socket, Asked asked, Admitted admitted) {
    SyncSocket client = new SyncSocket(hub, socket, admitted.user(), asked.device(), loop, clock);
    SyncConnection connection =
        new SyncConnection(
            loop, admitted.user(), admitted.principal(), admitted.token(), client, clock.instant());
    loop.add(connection);
    client.open(connection);
    if (socket.isClosed()) {
      var unused = connection.gone();
      return;
    }
    connection.start(asked.last());
  }

  /** A browser is told nothing of a handshake that fails, but why a WebSocket was closed. */
  private static void turnAway(
      RequestContext context, HttpServerRequest request, Throwable failure) {
    if (request.response().closed()) {
      return;
    }
    boolean badToken =
        failure instanceof Refusal refusal && refusal.code() == ErrorCode.UNAUTHENTICATED;
    if (!badToken) {
      refuse(context, request, failure);
      return;
    }
    request
        .toWebSocket()
        .onComplete(
            socket -> {
              var unused = socket.close(SyncEnd.BAD_TOKEN.code(), SyncEnd.BAD_TOKEN.reason());
            },
            _ -> refuse(context, request, badHandshake()));
  }

  private static Refusal badHandshake() {
    return new Refusal(ErrorCode.INVALID_REQUEST, "the WebSocket handshake is malformed");
  }

  private static void refuse(RequestContext context, HttpServerRequest request, Throwable failure) {
    AnswerSender.refuse(context, request, ErrorForms.standard(), failure);
  }
}
