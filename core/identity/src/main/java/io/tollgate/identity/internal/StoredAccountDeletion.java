package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.API_KEY;
import static io.tollgate.schema.identity.Tables.MAIL;
import static io.tollgate.schema.identity.Tables.MAIL_TOKEN;
import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static io.tollgate.schema.identity.Tables.TOTP;
import static io.tollgate.schema.identity.Tables.USER_SESSION;
import static io.tollgate.schema.identity.Tables.USER_SIGN_ON;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AccountDeletion;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Instant;
import java.time.InstantSource;

/** Takes from the tables what is known of a user. */
public final class StoredAccountDeletion implements AccountDeletion {
  private final InstantSource clock;

  public StoredAccountDeletion(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void delete(Transaction transaction, TenantId tenant, UserId user) {
    Instant now = InputChecks.now(clock);
    TenantUserRecord row =
        transaction
            .sql()
            .selectFrom(TENANT_USER)
            .where(TENANT_USER.ID.eq(user.value()))
            .and(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.DELETED_AT.isNull())
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user));
    if (row.getEmail() != null) {
      forgetAddress(transaction, tenant, row.getEmail(), now);
    }
    row.setActive(false);
    row.setEmail(null);
    row.setEmailVerifiedAt(null);
    row.setPasswordHash(null);
    row.setLanguage(null);
    row.setTheme(null);
    row.setZone(null);
    row.setDeletedAt(now);
    int _ = row.update();
    endAccess(transaction, user, now);
  }

  /** Whatever is on its way to an address goes there no more. */
  static void forgetAddress(Transaction transaction, TenantId tenant, String email, Instant now) {
    int _ =
        transaction
            .sql()
            .deleteFrom(MAIL_TOKEN)
            .where(MAIL_TOKEN.TENANT_ID.eq(tenant.value()))
            .and(MAIL_TOKEN.EMAIL.eq(email))
            .execute();
    int _ =
        transaction
            .sql()
            .update(MAIL)
            .set(MAIL.STATE, "void")
            .set(MAIL.FINISHED_AT, now)
            .setNull(MAIL.PASSWORD_HASH)
            .where(MAIL.TENANT_ID.eq(tenant.value()))
            .and(MAIL.RECIPIENT.eq(email))
            .and(MAIL.STATE.eq("waiting"))
            .execute();
  }

  /** Keys, sessions, second factor and other ways in end. */
  static void endAccess(Transaction transaction, UserId user, Instant now) {
    int _ =
        transaction
            .sql()
            .update(API_KEY)
            .set(API_KEY.ACTIVE, false)
            .set(API_KEY.UPDATED_AT, now)
            .where(API_KEY.USER_ID.eq(user.value()))
            .and(API_KEY.ACTIVE)
            .execute();
    int _ =
        transaction
            .sql()
            .update(USER_SESSION)
            .set(USER_SESSION.REVOKED_AT, now)
            .where(USER_SESSION.USER_ID.eq(user.value()))
            .and(USER_SESSION.REVOKED_AT.isNull())
            .execute();
    int _ =
        transaction
            .sql()
            .deleteFrom(TOTP)
            .where(TOTP.OWNER_KIND.eq("user"))
            .and(TOTP.OWNER_ID.eq(user.value()))
            .execute();
    int _ =
        transaction
            .sql()
            .deleteFrom(USER_SIGN_ON)
            .where(USER_SIGN_ON.USER_ID.eq(user.value()))
            .execute();
  }
}
