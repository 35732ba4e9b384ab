package io.tollgate.edge.portal;

import io.tollgate.ground.GivenText;
import io.tollgate.identity.SignedIn;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Answers that open a session: its tokens for programs, a cookie for browsers. */
final class SessionAnswers {
  private final SessionCookie cookie;
  private final SignInShelter shelter;
  private final InstantSource clock;

  SessionAnswers(SessionCookie cookie, SignInShelter shelter, InstantSource clock) {
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

  /**
   * How the caller wants to keep the session. Into a cookie it is put for our own pages only, or a
   * foreign page could put somebody into an account that is not theirs.
   */
  SignedIn.Kind kind(Request request, JsonFields body) {
    String given = body.text("session", "bearer or cookie").orElse("bearer");
    return switch (given) {
      case "bearer" -> SignedIn.Kind.BEARER;
      case "cookie" -> {
        cookie.requireOwnPage(request);
        yield SignedIn.Kind.COOKIE;
      }
      default -> throw GivenText.refused("session", given, "bearer or cookie");
    };
  }

  Response opened(SignedIn session, SignedIn.Kind kind) {
    return answered(session, kind, Opened.of(session, kind == SignedIn.Kind.COOKIE));
  }

  /** The same, with the page that goes on. */
  Response opened(SignedIn session, SignedIn.Kind kind, String returnTo) {
    return answered(
        session, kind, new SignedOn(Opened.of(session, kind == SignedIn.Kind.COOKIE), returnTo));
  }

  private Response answered(SignedIn session, SignedIn.Kind kind, Object answer) {
    return switch (kind) {
      case BEARER -> PortalAnswer.of(answer);
      case COOKIE ->
          PortalAnswer.of(answer)
              .withHeader(
                  "Set-Cookie",
                  cookie.set(
                      session.token(), Duration.between(clock.instant(), session.expiresAt())));
    };
  }

  /** A session that another provider opened, and where its browser goes. */
  private record SignedOn(Opened session, String returnTo) {}

  /**
   * A session as its opener sees it.
   *
   * @param token null where it is in a cookie
   * @param refreshToken null where the token lasts as long as the session
   */
  private record Opened(
      String sessionId,
      String userId,
      @Nullable String token,
      Instant expiresAt,
      @Nullable String refreshToken,
      Instant sessionExpiresAt) {
    static Opened of(SignedIn session, boolean inCookie) {
      return new Opened(
          session.session().toString(),
          session.user().externalId(),
          inCookie ? null : session.token(),
          session.tokenExpiresAt(),
          session.refreshToken().orElse(null),
          session.expiresAt());
    }

    /** Without the tokens. */
    @Override
    public String toString() {
      return "Opened[sessionId=" + sessionId + "]";
    }
  }
}
