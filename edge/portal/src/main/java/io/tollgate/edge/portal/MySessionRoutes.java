package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Passports;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.identity.UserSessions.OpenSession;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/v1/me/sessions} and {@code …/password}: a user's sessions and their password. */
final class MySessionRoutes implements Routes {
  private static final String PATH = "/api/v1/me";

  private final UserSessions sessions;
  private final Passports passports;
  private final PortalGate gate;

  MySessionRoutes(UserSessions sessions, Passports passports, PortalGate gate) {
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.passports = requireNonNull(passports, "passports is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH + "/sessions", errors, this::sessions);
    table.blocking(HttpMethod.DELETE, PATH + "/sessions/{id}", errors, this::endSession);
    table.blocking(HttpMethod.POST, PATH + "/sessions/end-others", errors, this::endOthers);
    table.blocking(HttpMethod.POST, PATH + "/password", errors, this::changePassword);
  }

  private Response sessions(Request request) {
    InSession caller = gate.require(request);
    List<OpenSession> open = sessions.list(caller.user().tenant(), caller.user().user());
    return PortalAnswer.of(
        open.stream().map(session -> SessionRow.of(session, caller.session())).toList());
  }

  private Response endSession(Request request) {
    InSession caller = gate.require(request);
    Optional<UUID> id = uuid(request.pathParam("id"));
    if (id.isEmpty() || !sessions.end(caller.user().tenant(), caller.user().user(), id.get())) {
      throw new Refusal(
          ErrorCode.NOT_FOUND,
          "there is no open session " + GivenText.shown(request.pathParam("id")));
    }
    return PortalAnswer.done("the session has ended");
  }

  private Response endOthers(Request request) {
    InSession caller = gate.require(request);
    int ended =
        sessions.endAll(
            caller.user().tenant(), caller.user().user(), Optional.of(caller.session()));
    return PortalAnswer.of(Map.of("ended", ended));
  }

  private Response changePassword(Request request) {
    InSession caller = gate.require(request);
    JsonFields body = JsonFields.of(request.json());
    passports.changePassword(
        caller,
        body.requireSecret("old_password"),
        body.requireSecret("new_password"),
        PortalGate.origin(request));
    return PortalAnswer.done("password changed; other sessions have ended");
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      // as one that is not there
      return Optional.empty();
    }
  }

  /**
   * @param current whether it is the one that asks
   */
  private record SessionRow(
      String id,
      boolean current,
      String method,
      String device,
      String address,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {
    static SessionRow of(OpenSession session, UUID current) {
      return new SessionRow(
          session.id().toString(),
          session.id().equals(current),
          session.method(),
          session.device(),
          session.address(),
          session.createdAt(),
          session.lastSeenAt(),
          session.expiresAt());
    }
  }
}
