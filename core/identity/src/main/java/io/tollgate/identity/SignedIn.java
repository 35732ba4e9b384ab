package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A session that was opened or refreshed, with its tokens; they are shown this once.
 *
 * @param token what is sent with requests
 * @param tokenExpiresAt until when it is good
 * @param refreshToken gets the next token, once; empty where the token lasts as long as the session
 * @param expiresAt when the session ends
 */
public record SignedIn(
    UUID session,
    Principal.OfUser user,
    String token,
    Instant tokenExpiresAt,
    Optional<String> refreshToken,
    Instant expiresAt) {
  public SignedIn {
    requireNonNull(session, "session is null");
    requireNonNull(user, "user is null");
    requireNonNull(token, "token is null");
    requireNonNull(tokenExpiresAt, "tokenExpiresAt is null");
    requireNonNull(refreshToken, "refreshToken is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** How a session's tokens are kept by whoever opens it. */
  public enum Kind {
    /** A program's: a short token, and another one that refreshes it. */
    BEARER,
    /** A browser's, in a cookie that no script reads: one token for the whole session. */
    COOKIE
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "SignedIn[session=" + session + ", expiresAt=" + expiresAt + "]";
  }
}
