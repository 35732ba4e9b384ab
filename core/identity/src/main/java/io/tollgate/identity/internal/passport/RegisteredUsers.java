package io.tollgate.identity.internal.passport;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Principal;
import io.tollgate.identity.User;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.StoredUsers;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes users who register by themselves, and knows what else sign-in keeps of them. */
public final class RegisteredUsers {
  private final StoredUsers users;
  private final InstantSource clock;

  public RegisteredUsers(StoredUsers users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /**
   * Makes a user.
   *
   * @param passwordHash null: nobody logs in with a password
   * @return nothing when the tenant has the address already
   */
  public Optional<Principal.OfUser> make(
      Transaction transaction,
      TenantId tenant,
      Optional<String> email,
      @Nullable String passwordHash,
      OptionalLong inviter,
      String language,
      boolean verified) {
    Optional<User> made =
        users.register(
            transaction,
            new NewUser(tenant, Optional.empty(), email, Optional.empty(), OptionalLong.empty()),
            passwordHash);
    made.ifPresent(
        user -> {
          int _ =
              transaction
                  .sql()
                  .update(TENANT_USER)
                  .set(TENANT_USER.INVITER_ID, inviter.isPresent() ? inviter.getAsLong() : null)
                  .set(TENANT_USER.LANGUAGE, language)
                  .set(TENANT_USER.EMAIL_VERIFIED_AT, verified ? InputChecks.now(clock) : null)
                  .where(TENANT_USER.ID.eq(user.id().value()))
                  .execute();
        });
    return made.map(user -> new Principal.OfUser(tenant, user.id(), user.externalId()));
  }

  /** Says that mail to the address reaches the user, if it is theirs still. */
  Optional<Principal.OfUser> verified(Transaction transaction, long user, String email) {
    return transaction
        .sql()
        .update(TENANT_USER)
        .set(TENANT_USER.EMAIL_VERIFIED_AT, InputChecks.now(clock))
        .where(TENANT_USER.ID.eq(user))
        .and(TENANT_USER.EMAIL.eq(email))
        .and(TENANT_USER.ACTIVE)
        .returning()
        .fetchOptional(RegisteredUsers::principal);
  }

  static Optional<UserId> inviter(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .select(TENANT_USER.INVITER_ID)
        .from(TENANT_USER)
        .where(TENANT_USER.ID.eq(user.value()))
        .fetchOptional(TENANT_USER.INVITER_ID)
        .map(UserId::new);
  }

  static int setPassword(Transaction transaction, long user, String hash) {
    return transaction
        .sql()
        .update(TENANT_USER)
        .set(TENANT_USER.PASSWORD_HASH, hash)
        .where(TENANT_USER.ID.eq(user))
        .execute();
  }

  static Principal.OfUser principal(TenantUserRecord row) {
    return new Principal.OfUser(
        new TenantId(row.getTenantId()), new UserId(row.getId()), row.getExternalId());
  }

  Instant now() {
    return InputChecks.now(clock);
  }
}
