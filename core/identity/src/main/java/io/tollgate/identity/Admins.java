package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import java.time.Instant;

/** Platform administrators: login and sessions. Blocking. */
public interface Admins {
  /**
   * Checks name and password and opens a session of 8 hours.
   *
   * @param address the caller's, for the log and the limits
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS}; after five failures {@code
   *     ACCOUNT_LOCKED} for 15 minutes
   */
  AdminSession login(String username, String password, String address);

  /** Revokes a session's token. */
  void logout(String token);

  /** Makes an administrator. */
  AdminId create(
      Transaction transaction, String username, String nickname, String password, AdminRole role);

  /** An open session: an HS256 JWT with the claims admin_id and username. */
  record AdminSession(
      AdminId admin, String username, String nickname, String token, Instant expiresAt) {}
}
