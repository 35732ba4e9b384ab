package io.tollgate.identity;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions of users, which can be listed and ended. A session that has ended is refused at once,
 * everywhere. Blocking. Safe for use by many threads.
 */
public interface UserSessions {
  /**
   * Whose open session the token is; nothing when it is forged, expired, for another purpose, or
   * its session has ended, or its user or tenant is off.
   */
  Optional<InSession> identify(String token);

  /** The same of many tokens, read together; those that are nobody's are left out. */
  Map<String, InSession> identify(Collection<String> tokens);

  /** The user's open sessions, the newest first. */
  List<OpenSession> list(TenantId tenant, UserId user);

  /** Ends one; whether the user has it open. */
  boolean end(TenantId tenant, UserId user, UUID session);

  /** Ends all of the user's but the one to keep; how many. */
  int endAll(TenantId tenant, UserId user, Optional<UUID> kept);

  /** A user in a session. */
  record InSession(UUID session, Principal.OfUser user) {}

  /**
   * An open session as its user sees it.
   *
   * @param method how it was opened: {@code password}, {@code mail} or {@code sign_on}
   * @param device what the caller said it is
   * @param address from where it was used last
   */
  record OpenSession(
      UUID id,
      String method,
      String device,
      String address,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {}
}
