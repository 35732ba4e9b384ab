package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminLogin;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.Admins.InSession;
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

/** {@code /api/auth}: login, who am I, logout, another token, another password, sessions. */
final class AuthRoutes implements Routes {
  /** What of the product is there. */
  static final List<String> FEATURES = List.of("relay", "billing", "merchant", "trading");

  private final Admins admins;
  private final AdminGate gate;
  private final AdminLoginAnswers answers;

  AuthRoutes(Admins admins, AdminGate gate, AdminLoginAnswers answers) {
    this.admins = requireNonNull(admins, "admins is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.POST, "/api/auth/login", errors, this::login);
    table.blocking(HttpMethod.GET, "/api/auth/me", errors, this::me);
    table.blocking(HttpMethod.GET, "/api/auth/logout", errors, request -> goodbye());
    table.blocking(HttpMethod.POST, "/api/auth/logout", errors, this::logout);
    table.blocking(HttpMethod.POST, "/api/auth/refresh", errors, this::refresh);
    table.blocking(HttpMethod.POST, "/api/auth/change-password", errors, this::changePassword);
    table.blocking(HttpMethod.GET, "/api/auth/sessions", errors, this::sessions);
    table.blocking(HttpMethod.DELETE, "/api/auth/sessions/{id}", errors, this::endSession);
  }

  private Response login(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    boolean inCookie = answers.wantsCookie(request, body);
    Optional<String> code =
        body.find("totp").isPresent()
            ? Optional.of(body.requireSecret("totp")).filter(text -> !text.isBlank())
            : Optional.empty();
    AdminSession session =
        admins.login(
            new AdminLogin(body.requireSecret("username"), body.requireSecret("password"), code),
            AdminGate.origin(request));
    return answers.of(session, inCookie);
  }

  private Response me(Request request) {
    InSession session = gate.requireAny(request);
    AdminRole role = session.admin().role();
    return AnswerEnvelope.of(
        new Me(
            session.admin().admin().value(),
            session.admin().username(),
            session.admin().nickname(),
            AdminGate.named(role),
            AdminPermission.of(role),
            AdminPermission.roles(),
            FEATURES,
            !session.complete()));
  }

  private Response logout(Request request) {
    admins.logout(gate.token(request));
    return goodbye().withHeader("Set-Cookie", gate.cookie().clear());
  }

  /** By a bearer's token: a bearer's again; by the cookie: in the cookie again. */
  private Response refresh(Request request) {
    answers.requireShelter(request);
    String token = gate.token(request);
    boolean inCookie = request.bearerToken().isEmpty();
    return answers.of(admins.refresh(token, AdminGate.origin(request)), inCookie);
  }

  private Response changePassword(Request request) {
    answers.requireShelter(request);
    String token = gate.token(request);
    JsonFields body = JsonFields.of(request.json());
    admins.changePassword(
        token,
        body.requireSecret("old_password"),
        body.requireSecret("new_password"),
        request.context().remoteAddress());
    return AnswerEnvelope.of(Map.of("message", "password changed"));
  }

  private Response sessions(Request request) {
    InSession session = gate.requireAny(request);
    return ListForm.whole(
        request,
        "sessions",
        SessionRow.class,
        admins.sessions(session.admin().admin()).stream()
            .map(open -> SessionRow.of(open, session.session()))
            .toList());
  }

  private Response endSession(Request request) {
    InSession session = gate.requireAny(request);
    String id = request.pathParam("id");
    boolean ended;
    try {
      ended = admins.endSession(session.admin().admin(), UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      // as one that is not there
      ended = false;
    }
    if (!ended) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no open session " + GivenText.shown(id));
    }
    return AnswerEnvelope.of(Map.of("message", "the session has ended"));
  }

  private static Response goodbye() {
    return AnswerEnvelope.of(Map.of("message", "goodbye"));
  }

  /**
   * @param holders which roles may what
   * @param totpSetupRequired whether the session is good for setting a second factor up only
   */
  private record Me(
      long adminId,
      String username,
      String nickname,
      String role,
      List<String> permissions,
      Map<String, List<String>> holders,
      List<String> features,
      boolean totpSetupRequired) {}

  /**
   * @param current whether it is the one that asks
   */
  private record SessionRow(
      String id,
      boolean current,
      String device,
      String address,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {
    static SessionRow of(OpenSession session, UUID current) {
      return new SessionRow(
          session.id().toString(),
          session.id().equals(current),
          session.device(),
          session.address(),
          session.createdAt(),
          session.lastSeenAt(),
          session.expiresAt());
    }
  }
}
