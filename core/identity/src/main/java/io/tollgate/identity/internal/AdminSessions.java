package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SESSION;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows of open and revoked sessions; expired ones are removed as new ones come. */
final class AdminSessions {
  private static final int MAX_PURGED = 1_000;

  private AdminSessions() {}

  static void open(
      Transaction transaction, UUID session, AdminId admin, Instant now, Instant expiresAt) {
    transaction
        .sql()
        .deleteFrom(ADMIN_SESSION)
        .where(
            ADMIN_SESSION.ID.in(
                transaction
                    .sql()
                    .select(ADMIN_SESSION.ID)
                    .from(ADMIN_SESSION)
                    .where(ADMIN_SESSION.EXPIRES_AT.le(now))
                    .limit(MAX_PURGED)
                    .forUpdate()
                    .skipLocked()))
        .execute();
    transaction
        .sql()
        .insertInto(ADMIN_SESSION)
        .set(ADMIN_SESSION.ID, session)
        .set(ADMIN_SESSION.ADMIN_ID, admin.value())
        .set(ADMIN_SESSION.CREATED_AT, now)
        .set(ADMIN_SESSION.EXPIRES_AT, expiresAt)
        .execute();
  }

  static Optional<Principal.OfAdmin> holder(Transaction transaction, UUID session, Instant now) {
    return transaction
        .sql()
        .select(ADMIN.ID, ADMIN.USERNAME, ADMIN.NICKNAME, ADMIN.ROLE)
        .from(ADMIN_SESSION)
        .join(ADMIN)
        .on(ADMIN.ID.eq(ADMIN_SESSION.ADMIN_ID))
        .where(ADMIN_SESSION.ID.eq(session))
        .and(ADMIN_SESSION.REVOKED_AT.isNull())
        .and(ADMIN_SESSION.EXPIRES_AT.gt(now))
        .and(ADMIN.ACTIVE)
        .fetchOptional(
            row ->
                new Principal.OfAdmin(
                    new AdminId(row.value1()),
                    row.value2(),
                    row.value3(),
                    AdminRole.valueOf(row.value4())));
  }

  static void revoke(Transaction transaction, UUID session, Instant now) {
    transaction
        .sql()
        .update(ADMIN_SESSION)
        .set(ADMIN_SESSION.REVOKED_AT, now)
        .where(ADMIN_SESSION.ID.eq(session))
        .and(ADMIN_SESSION.REVOKED_AT.isNull())
        .execute();
  }

  static void revokeOthers(Transaction transaction, AdminId admin, UUID kept, Instant now) {
    transaction
        .sql()
        .update(ADMIN_SESSION)
        .set(ADMIN_SESSION.REVOKED_AT, now)
        .where(ADMIN_SESSION.ADMIN_ID.eq(admin.value()))
        .and(ADMIN_SESSION.ID.ne(kept))
        .and(ADMIN_SESSION.REVOKED_AT.isNull())
        .execute();
  }
}
