package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers that open a session: its token for programs, a cookie for browsers. */
final class AdminLoginAnswers {
  private final SessionCookie cookie;
  private final SignInShelter shelter;
  private final InstantSource clock;

  AdminLoginAnswers(SessionCookie cookie, SignInShelter shelter, InstantSource clock) {
    this.cookie = cookie;
    this.shelter = shelter;
    this.clock = clock;
  }

  /**
   * Refuses what would show a password or a session to everybody on the way.
   *
   * @throws io.tollgate.ground.Refusal {@code FORBIDDEN}
   */
  void requireShelter(Request request) {
    shelter.require(request);
  }

  /** Whether the caller is a browser that keeps the session in a cookie: of our own page only. */
  boolean wantsCookie(Request request, JsonFields body) {
    String given = body.text("session", "bearer or cookie").orElse("bearer");
    return switch (given) {
      case "bearer" -> false;
      case "cookie" -> {
        cookie.requireOwnPage(request);
        yield true;
      }
      default -> throw GivenText.refused("session", given, "bearer or cookie");
    };
  }

  Response of(AdminSession session, boolean inCookie) {
    return of(session, inCookie, Map.of());
  }

  /** The same with something more to say. */
  Response of(AdminSession session, boolean inCookie, Map<String, String> more) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("token", inCookie ? null : session.token());
    answer.put("admin_id", session.admin().value());
    answer.put("username", session.username());
    answer.put("nickname", session.nickname());
    answer.put("expires_at", session.expiresAt());
    if (!session.complete()) {
      answer.put("totp_setup_required", true);
    }
    answer.putAll(more);
    Response response = Response.json(200, answer).withHeader("Cache-Control", "no-store");
    Instant now = clock.instant();
    return inCookie
        ? response.withHeader(
            "Set-Cookie", cookie.set(session.token(), Duration.between(now, session.expiresAt())))
        : response;
  }
}
