package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.Admins;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.Principal;
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
import java.util.Locale;
import java.util.Map;

/** {@code /api/auth}: login, who am I, logout, another password. */
final class AuthRoutes implements Routes {
  private final Admins admins;
  private final AdminGate gate;

  AuthRoutes(Admins admins, AdminGate gate) {
    this.admins = requireNonNull(admins, "admins is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.POST, "/api/auth/login", errors, this::login);
    table.blocking(HttpMethod.GET, "/api/auth/me", errors, this::me);
    table.blocking(HttpMethod.GET, "/api/auth/logout", errors, request -> goodbye());
    table.blocking(HttpMethod.POST, "/api/auth/logout", errors, this::logout);
    table.blocking(HttpMethod.POST, "/api/auth/change-password", errors, this::changePassword);
  }

  private Response login(Request request) {
    JsonFields body = JsonFields.of(request.json());
    AdminSession session =
        admins.login(
            body.requireSecret("username"),
            body.requireSecret("password"),
            request.context().remoteAddress());
    return Response.json(
            200,
            new Login(
                session.token(),
                session.admin().value(),
                session.username(),
                session.nickname(),
                session.expiresAt()))
        .withHeader("Cache-Control", "no-store");
  }

  private Response me(Request request) {
    Principal.OfAdmin admin = gate.require(request);
    return AnswerEnvelope.of(
        new Me(
            admin.admin().value(),
            admin.username(),
            admin.nickname(),
            admin.role().name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private Response logout(Request request) {
    admins.logout(gate.token(request));
    return goodbye();
  }

  private Response changePassword(Request request) {
    String token = gate.token(request);
    JsonFields body = JsonFields.of(request.json());
    admins.changePassword(
        token,
        body.requireSecret("old_password"),
        body.requireSecret("new_password"),
        request.context().remoteAddress());
    return AnswerEnvelope.of(Map.of("message", "password changed"));
  }

  private static Response goodbye() {
    return AnswerEnvelope.of(Map.of("message", "goodbye"));
  }

  private record Login(
      String token, long adminId, String username, String nickname, Instant expiresAt) {
    @Override
    public String toString() {
      return "Login[adminId=" + adminId + ", expiresAt=" + expiresAt + "]";
    }
  }

  private record Me(long adminId, String username, String nickname, String role) {}
}
