package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.web.Request;
import io.tollgate.web.SessionCookie;
import java.util.Optional;

/** Lets users in a session through, and nobody else: by a token, or by a browser's cookie. */
final class PortalGate {
  private final UserSessions sessions;
  private final SessionCookie cookie;

  PortalGate(UserSessions sessions, SessionCookie cookie) {
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.cookie = requireNonNull(cookie, "cookie is null");
  }

  /**
   * Who calls.
   *
   * @throws Refusal {@code UNAUTHENTICATED} without an open session; {@code CSRF} when the cookie
   *     comes from another page
   */
  InSession require(Request request) {
    return token(request)
        .flatMap(sessions::identify)
        .orElseThrow(
            () ->
                new Refusal(
                        ErrorCode.UNAUTHENTICATED,
                        "session missing, expired or not known (expected: Authorization: Bearer"
                            + " with a session's token, or its cookie)")
                    .withDetails("log in with POST /api/v1/auth/login"));
  }

  /** The token of a request, wherever it is. */
  Optional<String> token(Request request) {
    return request.bearerToken().or(() -> cookie.token(request));
  }

  SessionCookie cookie() {
    return cookie;
  }

  /** From where a request comes. */
  static SignInOrigin origin(Request request) {
    return new SignInOrigin(
        request.context().remoteAddress(), request.header("User-Agent").orElse(""));
  }

  /** The host name that a request was sent to, without port. */
  static String host(Request request) {
    String host = request.header("Host").orElse("");
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
