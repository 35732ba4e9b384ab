package io.tollgate.identity;

import io.tollgate.identity.ApiKeys.IssuedKey;
import io.tollgate.identity.UserSessions.InSession;
import java.time.Duration;
import java.time.Instant;

/**
 * Keys with which a page tries models for its user: named {@code playground}, good for {@link
 * #LIFE}, one at a time for each session, and dead when the session ends. They are charged and
 * limited as any key of the user. Blocking; safe for use by many threads.
 */
public interface PlaygroundKeys {
  /** How they are called in the log of requests. */
  String NAME = "playground";

  Duration LIFE = Duration.ofMinutes(15);

  /** A key for the session; the one it had before is refused from now on. */
  PlaygroundKey issue(InSession session);

  /** A key with its secret, shown this once, and until when it is good. */
  record PlaygroundKey(IssuedKey key, Instant expiresAt) {}
}
