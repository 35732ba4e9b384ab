package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.Principal;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

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
    JsonNode body = request.json();
    AdminSession session =
        admins.login(
            text(body, "username"), text(body, "password"), request.context().remoteAddress());
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
    return Envelope.of(
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
    JsonNode body = request.json();
    admins.changePassword(
        token,
        text(body, "old_password"),
        text(body, "new_password"),
        request.context().remoteAddress());
    return Envelope.of(Map.of("message", "password changed"));
  }

  private static Response goodbye() {
    return Envelope.of(Map.of("message", "goodbye"));
  }

  // what was given is not repeated: it may be a password
  private static String text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || !value.isString()) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, name + " is missing (expected: a text)");
    }
    return value.stringValue();
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
