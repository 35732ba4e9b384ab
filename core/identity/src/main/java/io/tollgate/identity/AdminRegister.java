package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import java.time.Instant;
import java.util.Optional;

/**
 * Who the platform's administrators are. There is always an owner who is on: what would leave none
 * is refused, of two at once the second. In the caller's transaction.
 */
public interface AdminRegister {
  /** All of them, the newest first. */
  ListPage<Admin> list(Transaction transaction, AdminFilter filter, ListRequest request);

  Optional<Admin> find(Transaction transaction, AdminId admin);

  /**
   * Changes one.
   *
   * @param email by which a provider that vouches for it finds them; empty for none
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST}; {@code CONFLICT}
   *     when the address is another's, or they are the last owner
   */
  Admin change(
      Transaction transaction,
      AdminId admin,
      String nickname,
      AdminRole role,
      Optional<String> email);

  /**
   * Lets one in again, or no more: their sessions end.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when they are the last
   *     owner
   */
  Admin setActive(Transaction transaction, AdminId admin, boolean active);

  /**
   * Sets the password of one whose sessions all end.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST} when it is not
   *     8–128 characters
   */
  void setPassword(Transaction transaction, AdminId admin, String password);

  /** Ends all sessions of one; how many. */
  int endSessions(Transaction transaction, AdminId admin);

  /** Which are listed; what is empty does not filter. */
  record AdminFilter(Optional<AdminRole> role, Optional<Boolean> active) {
    public AdminFilter {
      requireNonNull(role, "role is null");
      requireNonNull(active, "active is null");
    }
  }

  /**
   * An administrator.
   *
   * @param totp whether a login asks for a second factor
   * @param sessions that are open
   * @param lastSignIn of the sessions that are still known
   */
  record Admin(
      AdminId id,
      String username,
      String nickname,
      AdminRole role,
      Optional<String> email,
      boolean active,
      boolean totp,
      int sessions,
      Optional<Instant> lastSignIn,
      Instant createdAt) {
    public Admin {
      requireNonNull(id, "id is null");
      requireNonNull(role, "role is null");
      requireNonNull(email, "email is null");
      requireNonNull(lastSignIn, "lastSignIn is null");
    }
  }
}
