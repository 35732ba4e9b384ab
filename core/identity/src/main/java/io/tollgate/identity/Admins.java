package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Platform administrators: login and sessions. Blocking. Safe for use by many threads. */
public interface Admins {
  /**
   * Checks name and password and opens a session of 8 hours (setting {@code
   * identity.session.hours}).
   *
   * @param address the caller's, for the limits
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS}; after five failures {@code
   *     ACCOUNT_LOCKED} with the time left of 15 minutes; {@code UNAVAILABLE} when too many logins
   *     wait
   */
  AdminSession login(String username, String password, String address);

  /**
   * The administrator whose open session the token is; nothing when it is forged, expired, revoked,
   * or its administrator is gone.
   */
  Optional<Principal.OfAdmin> identify(String token);

  /** Revokes a session's token. A token that is no open session's is left alone. */
  void logout(String token);

  /**
   * Changes the password of the session's administrator and revokes their other sessions.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAUTHENTICATED} when the token is no open session's;
   *     {@code INVALID_CREDENTIALS} when the current password is wrong, which counts as a failed
   *     login; {@code INVALID_REQUEST} when the new one is not 8–128 characters
   */
  void changePassword(String token, String current, String replacement, String address);

  /** Whether there is an administrator of this name, whatever its case. */
  boolean exists(Transaction transaction, String username);

  /**
   * Makes an administrator.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when the name is taken; {@code
   *     INVALID_REQUEST} when the name is not 1–64 of {@code [A-Za-z0-9._@-]} or the password not
   *     8–128 characters
   */
  AdminId create(
      Transaction transaction, String username, String nickname, String password, AdminRole role);

  /**
   * On the first start, when there is no administrator at all: makes {@code admin} with a random
   * password, written to a file that only its owner can read.
   *
   * @return the password, to be shown this once; nothing when there is an administrator already
   */
  Optional<String> createFirst(Path passwordFile);

  /** An open session: an HS256 JWT with the claims admin_id and username. */
  record AdminSession(
      AdminId admin, String username, String nickname, String token, Instant expiresAt) {
    /** Without the token. */
    @Override
    public String toString() {
      return "AdminSession[admin=" + admin + ", expiresAt=" + expiresAt + "]";
    }
  }
}
