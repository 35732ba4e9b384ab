package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Admins.InSession;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.Request;
import io.tollgate.web.SessionCookie;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets administrators through, and nobody else: by a token, or by a browser's cookie. */
final class AdminGate {
  private final Admins admins;
  private final SessionCookie cookie;
  private final Predicate<Request> others;

  AdminGate(Admins admins, SessionCookie cookie) {
    this(admins, cookie, _ -> false);
  }

  private AdminGate(Admins admins, SessionCookie cookie, Predicate<Request> others) {
    this.admins = requireNonNull(admins, "admins is null");
    this.cookie = requireNonNull(cookie, "cookie is null");
    this.others = requireNonNull(others, "others is null");
  }

  /** The same, which lets others through too, to everything. */
  AdminGate letting(Predicate<Request> let) {
    return new AdminGate(admins, cookie, let);
  }

  /** Whether somebody who is no administrator may pass. */
  boolean lets(Request request) {
    return others.test(request);
  }

  /** The one of the program. */
  static AdminGate of(IdentityModule identity, PassportModule passport) {
    return new AdminGate(identity.admins(), SessionCookie.ofAdmins(passport.address().secure()));
  }

  /** The same route for administrators only. */
  BlockingRoute guard(BlockingRoute route) {
    return guard(AdminPermission.READ, route);
  }

  /** The same route for administrators who may do that. */
  BlockingRoute guard(AdminPermission permission, BlockingRoute route) {
    return new GuardedRoute(this, permission, route, false);
  }

  /** The same of one that changes nothing, though it is asked with a body: it is not logged. */
  BlockingRoute guardQuestion(AdminPermission permission, BlockingRoute route) {
    return new GuardedRoute(this, permission, route, true);
  }

  /** A role as it is written in answers. */
  static String named(AdminRole role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Who calls.
   *
   * @throws Refusal {@code UNAUTHENTICATED} without an open session; {@code TOTP_SETUP_REQUIRED}
   *     when it is good for setting a second factor up only; {@code CSRF} when its cookie comes
   *     from another page
   */
  Principal.OfAdmin require(Request request) {
    InSession session = requireAny(request);
    if (!session.complete()) {
      throw new Refusal(
              ErrorCode.TOTP_SETUP_REQUIRED, "administrators must have a second factor here")
          .withDetails("Set one up: POST /api/auth/totp, then /api/auth/totp/confirm.");
    }
    return session.admin();
  }

  /** The same of a session that is good for setting a second factor up only, too. */
  InSession requireAny(Request request) {
    InSession session = find(request).flatMap(admins::identifyAny).orElseThrow(AdminGate::refusal);
    NotedRoutes.by(session.admin());
    return session;
  }

  /**
   * Who opens a stream: with a cookie only from our own page.
   *
   * @throws Refusal as {@link #require}
   */
  Principal.OfAdmin requireOfStream(Request request) {
    if (request.bearerToken().isEmpty() && cookie.streamToken(request).isEmpty()) {
      throw refusal();
    }
    return require(request);
  }

  /** The token of an open session. */
  String token(Request request) {
    var unused = requireAny(request);
    return find(request).orElseThrow(AdminGate::refusal);
  }

  SessionCookie cookie() {
    return cookie;
  }

  /** From where a request comes. */
  static SignInOrigin origin(Request request) {
    return new SignInOrigin(
        request.context().remoteAddress(), request.header("User-Agent").orElse(""));
  }

  private Optional<String> find(Request request) {
    return request.bearerToken().or(() -> cookie.token(request));
  }

  private static Refusal refusal() {
    return new Refusal(
            ErrorCode.UNAUTHENTICATED,
            "session token missing, expired or not known (expected: Authorization: Bearer)")
        .withDetails("log in with POST /api/auth/login");
  }
}
