package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.UserSessions.OpenSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Platform administrators: login and sessions. Blocking. Safe for use by many threads. */
public interface Admins {
  /** The same as {@link #login(AdminLogin, SignInOrigin)} without a second factor. */
  default AdminSession login(String username, String password, String address) {
    return login(
        new AdminLogin(username, password, Optional.empty()), new SignInOrigin(address, ""));
  }

  /**
   * Checks name, password and, where there is one, the second factor, and opens a session of 8
   * hours (setting {@code identity.session.hours}). Where administrators must have a second factor
   * ({@code identity.admin.totp.required}) and this one has none, the session is good for setting
   * one up only.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_CREDENTIALS}; {@code TOTP_REQUIRED} when the
   *     password is right and a code is wanted too; after five failures {@code ACCOUNT_LOCKED} with
   *     the time left of 15 minutes; {@code UNAVAILABLE} when too many logins wait
   */
  AdminSession login(AdminLogin login, SignInOrigin origin);

  /**
   * The administrator whose open session the token is; nothing when it is forged, expired, revoked,
   * without the second factor that it must have, or its administrator is gone.
   */
  Optional<Principal.OfAdmin> identify(String token);

  /** The same, also of a session that is good for setting a second factor up only. */
  Optional<InSession> identifyAny(String token);

  /**
   * Another token for the session's administrator, who stays signed in for as long as after a
   * login; the old one ends.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAUTHENTICATED} when the token is no open session's
   */
  AdminSession refresh(String token, SignInOrigin origin);

  /** Revokes a session's token. A token that is no open session's is left alone. */
  void logout(String token);

  /** The administrator's open sessions, the newest first. */
  List<OpenSession> sessions(AdminId admin);

  /** Ends one; whether the administrator has it open. */
  boolean endSession(AdminId admin, UUID session);

  /** The session's administrator has set a second factor up: it is good for everything now. */
  void complete(UUID session);

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

  /**
   * An administrator in a session.
   *
   * @param complete whether it is good for more than setting a second factor up
   */
  record InSession(UUID session, Principal.OfAdmin admin, boolean complete) {}

  /**
   * An open session: an HS256 JWT with the claims admin_id and username.
   *
   * @param complete whether it is good for more than setting a second factor up
   */
  record AdminSession(
      AdminId admin,
      String username,
      String nickname,
      String token,
      Instant expiresAt,
      boolean complete) {
    /** Without the token. */
    @Override
    public String toString() {
      return "AdminSession[admin=" + admin + ", expiresAt=" + expiresAt + "]";
    }
  }
}
